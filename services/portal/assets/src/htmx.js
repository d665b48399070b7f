// htmx first: the extension looks for it as a global.
import htmx from "htmx.org/dist/htmx.esm.min.js";
import "htmx.org/dist/ext/hx-csp.min.js";

export default htmx;
