/** What is used of `discord-api-spec` itself, whose own types are a source file that strict settings refuse. */
export declare const pathsList: Readonly<Record<string, readonly string[]>>;
