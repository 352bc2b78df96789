package org.jiefeng.alternative;

import org.jiefeng.appeal.Appeal;
import org.jiefeng.appeal.AppealService;
import org.jiefeng.appeal.NotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the liaison notes the number of a replacement card; numbers go in and only masks come out. */
@RestController
@RequestMapping("/api/appeals/{number}/replacement-card")
class ReplacementCardApi {

    private final ReplacementCards cards;
    private final AppealService appeals;

    ReplacementCardApi(ReplacementCards cards, AppealService appeals) {
        this.cards = cards;
        this.appeals = appeals;
    }

    @GetMapping
    ReplacementCard show(@PathVariable String number, Authentication user) {
        requireLiaison(number, user);
        return cards.find(number).orElseThrow(() -> new NotFoundException("No replacement card in " + number));
    }

    @PutMapping
    ReplacementCard register(
            @PathVariable String number, @RequestBody ReplacementCards.Request card, Authentication user) {
        requireLiaison(number, user);
        return cards.register(number, card, user.getName());
    }

    /** Everybody else gets the answer of a case that does not exist, and nobody hands a card to himself. */
    private void requireLiaison(String number, Authentication user) {
        Appeal appeal = appeals.get(number);
        boolean liaison =
                user.getAuthorities().stream().anyMatch(authority -> "liaisons".equals(authority.getAuthority()));
        if (!liaison || appeal.employeeId().equals(user.getName())) {
            throw new NotFoundException("No appeal " + number);
        }
    }
}
