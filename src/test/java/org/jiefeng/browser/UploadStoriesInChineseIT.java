package org.jiefeng.browser;

import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "jiefeng.language=zh")
class UploadStoriesInChineseIT extends UploadStories {

    @Override
    String refusal() {
        return "内容不是 PNG";
    }
}
