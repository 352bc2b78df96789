package org.jiefeng.retraining;

import org.jiefeng.appeal.CourseTitles;
import org.springframework.stereotype.Component;

/** The titles as the course library has them. */
@Component
class LibraryTitles implements CourseTitles {

    private final CourseLibrary library;

    LibraryTitles(CourseLibrary library) {
        this.library = library;
    }

    @Override
    public String of(String code) {
        return library.find(code).map(Course::name).orElse(code);
    }
}
