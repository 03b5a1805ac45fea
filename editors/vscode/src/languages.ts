/** The language ids whose documents the server answers for. */
export const LANGUAGES = ['terraform', 'opentofu'];
