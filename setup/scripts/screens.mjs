/**
 * Opens screens in a browser, takes their pictures and says what is wrong with them.
 *
 * Reads a plan as JSON from its input: address, locale, login, folder, widths, screens (name, path, as), words that
 * must not be seen. Writes one line of JSON a screen: name, width, picture, problems.
 */

import {chromium} from "playwright-core";
import fs from "node:fs";
import path from "node:path";

const plan = JSON.parse(fs.readFileSync(0, "utf8"));
const SETTLE = 700;
const PATIENCE = 20_000;
const QUIET = 2_500; // the web client never stops asking for messages
const PHONE = 600;

/** What a person would complain about; runs in the page. */
function complaints(foreign) {
    const seen = (element) => element.offsetParent !== null;
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim();
        if (text && walker.currentNode.parentElement && seen(walker.currentNode.parentElement)) {
            texts.push(text);
        }
    }
    const words = new Set(foreign);
    const found = [...new Set(texts.filter((text) => words.has(text)))].map((text) => `not translated: ${text}`);
    const page = document.scrollingElement;
    if (page.scrollWidth > window.innerWidth + 1) {
        found.push(`wider than the screen by ${page.scrollWidth - window.innerWidth} px`);
    }
    if ([...document.querySelectorAll(".o_error_dialog, .o_error_detail, .o_notification_bar.bg-danger")].some(seen)) {
        found.push("an error is shown");
    }
    for (const button of document.querySelectorAll("button.btn, a.btn, .nav-link, .o_form_label")) {
        const isForReaders = button.closest(".visually-hidden, .visually-hidden-focusable");
        if (seen(button) && !isForReaders && button.scrollWidth > button.clientWidth + 1 && button.textContent.trim()) {
            const {overflow, textOverflow} = getComputedStyle(button);
            if (overflow !== "visible" || textOverflow === "ellipsis") {
                found.push(`cut: ${button.textContent.trim()}`);
            }
        }
    }
    const list = document.querySelector(".o_list_view, .o_kanban_view");
    const isEmpty = list && !list.querySelector(".o_data_row, .o_kanban_record:not(.o_kanban_ghost), .o_group_header");
    if (isEmpty && !list.querySelector(".o_view_nocontent, .o_nocontent_help")) {
        found.push("empty, and does not say what to do first");
    }
    return found;
}

/** A page in which somebody is logged in. */
async function enter(browser, width, login) {
    const context = await browser.newContext({viewport: {width, height: width < PHONE ? 840 : 900}, locale: plan.locale});
    const page = await context.newPage();
    if (login) {
        await page.goto(`${plan.address}/web/login`);
        await page.fill("input[name=login]", login);
        await page.fill("input[name=password]", login);
        await page.press("input[name=password]", "Enter");
        await page.waitForURL((url) => !url.pathname.startsWith("/web/login"), {timeout: PATIENCE});
    }
    return page;
}

/** Waits until the web client shows something, nothing is fetched any more for what is seen, and nothing loads. */
async function settle(page) {
    if (new URL(page.url()).pathname.startsWith("/odoo")) {
        await page.waitForSelector(".o_action_manager > *, .o_dialog", {timeout: PATIENCE});
    }
    await page.waitForLoadState("networkidle", {timeout: QUIET}).catch(() => null);
    await page.waitForFunction(() => !document.querySelector(".o_blockUI, .o_loading"), null, {timeout: PATIENCE});
    await page.waitForTimeout(SETTLE);
}

async function look(page, screen, width) {
    const problems = [];
    const note = (error) => problems.push(`error in the page: ${error.message.split("\n")[0]}`);
    page.on("pageerror", note);
    try {
        const answer = await page.goto(plan.address + screen.path, {timeout: PATIENCE});
        if (answer && answer.status() >= 400) {
            problems.push(`answered with ${answer.status()}`);
        }
        await settle(page);
        problems.push(...(await page.evaluate(complaints, plan.foreign)));
    } catch (error) {
        problems.push(error.message.split("\n")[0]);
    }
    page.off("pageerror", note);
    const picture = path.join(plan.folder, `${screen.file}-${width}.png`);
    await page.screenshot({path: picture});
    return {name: screen.name, width, picture, problems};
}

const browser = await chromium.launch({executablePath: plan.browser, args: ["--no-sandbox", "--disable-gpu"]});
try {
    for (const width of plan.widths) {
        const pages = {};
        for (const screen of plan.screens) {
            const who = screen.as ?? "";
            pages[who] ??= await enter(browser, width, who);
            console.log(JSON.stringify(await look(pages[who], screen, width)));
        }
    }
} finally {
    await browser.close();
}
