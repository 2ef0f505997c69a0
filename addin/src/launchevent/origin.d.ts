/** The address that the service is reached at, filled in by the build; empty when the page's own will do. */
declare const SANDKOLL_ORIGIN: string;
