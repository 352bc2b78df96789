// Draws each diagram with the path that was taken. Nothing is loaded: the diagrams stand in diagrams.js.
window.DIAGRAMS.forEach(async (diagram, i) => {
  const place = document.querySelector(`[data-diagram="${i}"]`);
  if (!place) return;
  const viewer = new window.BpmnJS({ container: place });
  await viewer.importXML(diagram.xml);
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const elements = viewer.get('elementRegistry');
  const box = canvas.viewbox().inner;
  place.style.height = Math.min(640, Math.max(200, place.clientWidth * box.height / box.width + 40)) + 'px';
  canvas.resized();
  canvas.zoom('fit-viewport', 'auto');
  diagram.flows.filter((id) => elements.get(id)).forEach((id) => canvas.addMarker(id, 'passed'));
  Object.entries(diagram.passes).filter(([id]) => elements.get(id)).forEach(([id, times]) => {
    canvas.addMarker(id, diagram.open.includes(id) ? 'open' : 'passed');
    if (times > 1) {
      const count = document.createElement('span');
      count.className = 'times';
      count.textContent = times + '×';
      overlays.add(id, { position: { top: -10, right: 12 }, html: count });
    }
  });
});
