package org.jiefeng.calendar;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where an administrator puts the working days of a year that this release does not bring.
 *
 * @param directory holds files such as {@code 2027.csv}, in the form of those under {@code calendar/} on the class path;
 *     they win over ours and a new year is taken up without a restart
 */
@Validated
@ConfigurationProperties("jiefeng.calendar")
public record CalendarProperties(
        @NotNull @DefaultValue("data/calendar") Path directory) {}
