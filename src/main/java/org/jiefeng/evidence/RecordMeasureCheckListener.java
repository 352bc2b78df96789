package org.jiefeng.evidence;

import static org.jiefeng.process.AppealVariables.MEASURE_CHECK_ID;
import static org.jiefeng.process.AppealVariables.MEASURE_DUE_AT;
import static org.jiefeng.process.AppealVariables.MEASURE_POSTPONED;
import static org.jiefeng.process.AppealVariables.MEASURE_RESULT;

import java.time.ZoneId;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jiefeng.appeal.CaseSheet;
import org.springframework.stereotype.Component;

/** On completion of {@code Task_CheckMeasure}: keeps the finding, or the new date, or refuses one without a reason. */
@Component
class RecordMeasureCheckListener implements TaskListener {

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final MeasureChecks checks;
    private final CaseSheet caseSheet;

    RecordMeasureCheckListener(MeasureChecks checks, CaseSheet caseSheet) {
        this.checks = checks;
        this.caseSheet = caseSheet;
    }

    @Override
    public void notify(DelegateTask task) {
        Map<String, String> answers = caseSheet.answers(task.getId());
        checks.record(
                        MEASURE_CHECK_ID.get(task),
                        MEASURE_RESULT.get(task),
                        answers.getOrDefault("measureNote", ""),
                        answers.getOrDefault("measureNewDate", ""),
                        task.getAssignee())
                .ifPresent(day -> {
                    MEASURE_POSTPONED.set(task, true);
                    // The new date is a day to keep the promise on, so it is looked at when that day is over.
                    MEASURE_DUE_AT.set(
                            task,
                            Date.from(day.plusDays(1).atStartOfDay(SHANGHAI).toInstant()));
                });
    }
}
