package org.jiefeng.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.jiefeng.process.Diagrams.Diagram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every diagram can be read: nothing without a place, no crossing flows, no flow through an element, no label on another. */
class DiagramLayoutTest {

    private record Line(String flow, Line2D line) {}

    private record Box(String element, Rectangle2D box) {}

    static List<Diagram> diagrams() {
        return Diagrams.all();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyElementIsDrawn(Diagram diagram) {
        List<String> drawn = new ArrayList<>();
        diagram.model()
                .getModelElementsByType(BpmnShape.class)
                .forEach(shape -> drawn.add(shape.getBpmnElement().getId()));
        diagram.model()
                .getModelElementsByType(BpmnEdge.class)
                .forEach(edge -> drawn.add(edge.getBpmnElement().getId()));

        assertThat(drawn)
                .containsExactlyInAnyOrderElementsOf(diagram.model().getModelElementsByType(FlowElement.class).stream()
                        .map(FlowElement::getId)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void flowsDoNotCross(Diagram diagram) {
        List<Line> lines = lines(diagram);
        List<String> crossings = new ArrayList<>();
        for (Line one : lines) {
            for (Line other : lines) {
                if (one.flow().compareTo(other.flow()) < 0 && crosses(one.line(), other.line())) {
                    crossings.add(one.flow() + " x " + other.flow());
                }
            }
        }

        assertThat(crossings).isEmpty();
    }

    /** A real crossing: flows that meet in an end point (join in the same gateway) do not count. */
    private static boolean crosses(Line2D one, Line2D other) {
        if (!one.intersectsLine(other)) {
            return false;
        }
        return one.ptSegDist(other.getP1()) > 1
                && one.ptSegDist(other.getP2()) > 1
                && other.ptSegDist(one.getP1()) > 1
                && other.ptSegDist(one.getP2()) > 1;
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void flowsDoNotRunThroughElements(Diagram diagram) {
        List<String> hits = new ArrayList<>();
        for (Line line : lines(diagram)) {
            for (BpmnShape shape : diagram.model().getModelElementsByType(BpmnShape.class)) {
                if (shape.getBpmnElement() instanceof SubProcess || shape.getBpmnElement() instanceof BoundaryEvent) {
                    continue;
                }
                Rectangle2D box = box(shape.getBounds(), 2);
                if (line.line().intersects(box)) {
                    hits.add(line.flow() + " through " + shape.getBpmnElement().getId());
                }
            }
        }

        assertThat(hits).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void labelsKeepClearOfElementsAndOfEachOther(Diagram diagram) {
        List<Box> labels = new ArrayList<>();
        diagram.model().getModelElementsByType(BpmnLabel.class).forEach(label -> {
            if (label.getParentElement() instanceof BpmnShape shape) {
                labels.add(new Box(shape.getBpmnElement().getId(), box(label.getBounds(), 1)));
            } else if (label.getParentElement() instanceof BpmnEdge edge) {
                labels.add(new Box(edge.getBpmnElement().getId(), box(label.getBounds(), 1)));
            }
        });
        List<String> overlaps = new ArrayList<>();
        for (Box one : labels) {
            for (Box other : labels) {
                if (one.element().compareTo(other.element()) < 0 && one.box().intersects(other.box())) {
                    overlaps.add(one.element() + " on " + other.element());
                }
            }
            for (BpmnShape shape : diagram.model().getModelElementsByType(BpmnShape.class)) {
                if (!(shape.getBpmnElement() instanceof SubProcess)
                        && one.box().intersects(box(shape.getBounds(), 1))) {
                    overlaps.add(one.element() + " on " + shape.getBpmnElement().getId());
                }
            }
        }

        assertThat(overlaps).isEmpty();
    }

    private static List<Line> lines(Diagram diagram) {
        List<Line> lines = new ArrayList<>();
        for (BpmnEdge edge : diagram.model().getModelElementsByType(BpmnEdge.class)) {
            List<Waypoint> points = List.copyOf(edge.getWaypoints());
            for (int i = 1; i < points.size(); i++) {
                Waypoint from = points.get(i - 1);
                Waypoint to = points.get(i);
                lines.add(new Line(
                        edge.getBpmnElement().getId(),
                        new Line2D.Double(from.getX(), from.getY(), to.getX(), to.getY())));
            }
        }
        return lines;
    }

    private static Rectangle2D box(Bounds bounds, double inset) {
        return new Rectangle2D.Double(
                bounds.getX() + inset,
                bounds.getY() + inset,
                bounds.getWidth() - 2 * inset,
                bounds.getHeight() - 2 * inset);
    }
}
