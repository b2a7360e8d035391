// What the page's scripts find that none of them declares.

/** The vis-network that pyvis ships, unpacked on the first look at the graph. */
declare var vis: any;
/** Names of a site, from its `search-data.js`. */
declare var SEARCH: any[][] | undefined;

// Whatever the page asks for by a selector is an element of HTML, often a field of a form.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface EventTarget {
  closest(selectors: string): Element | null;
}
