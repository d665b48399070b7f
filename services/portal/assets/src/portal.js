// Everything works without this: it saves reloads, guards double presses and moves the focus to errors.
import "./htmx.js";
import { Button, Checkboxes, createAll, ErrorSummary, Radios, SkipLink } from "govuk-frontend";
import { copyByPress } from "./copies.js";
import { announceWhenVisible } from "./seen.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
[SkipLink, Checkboxes, Radios].forEach((component) => createAll(component));
createAll(ErrorSummary);
createAll(Button, { preventDoubleClick: true });
announceWhenVisible();
copyByPress();
