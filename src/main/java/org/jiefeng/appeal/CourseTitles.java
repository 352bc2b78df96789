package org.jiefeng.appeal;

/** What a course is called, for pages that point to it; features do not know each other. */
public interface CourseTitles {

    /** The title in the deployment's language; the code itself when there is no such course any more. */
    String of(String code);
}
