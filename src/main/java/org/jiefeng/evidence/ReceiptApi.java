package org.jiefeng.evidence;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jiefeng.appeal.ReceiptFiles.Receipt;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands a carrier's receipt to the people of its case. */
@RestController
@RequestMapping("/api/appeals/{number}/receipts")
class ReceiptApi {

    private final CaseAccess access;
    private final StoredReceipts receipts;

    ReceiptApi(CaseAccess access, StoredReceipts receipts) {
        this.access = access;
        this.receipts = receipts;
    }

    @GetMapping("/{id}")
    void download(
            @PathVariable String number, @PathVariable String id, Authentication user, HttpServletResponse response)
            throws IOException {
        access.readable(number, user);
        Receipt receipt = receipts.get(number, id);
        EvidenceApi.asAttachment(response, receipt.name(), receipt.mediaType());
        response.setContentLengthLong(receipt.size());
        receipts.copyTo(receipt, response.getOutputStream());
    }
}
