package org.jiefeng.browser;

import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "jiefeng.language=en")
class UploadStoriesInEnglishIT extends UploadStories {

    @Override
    String refusal() {
        return "its content is not PNG";
    }
}
