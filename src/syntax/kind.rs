//! Kinds of tokens and nodes, in the words of the HCL specification.

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What a token or a node of the tree is.
        #[expect(non_camel_case_types, reason = "kinds are read in tree dumps, where this case stands out")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum SyntaxKind { $($(#[$doc])* $name,)* }

        /// Every kind at the index of its number.
        const KINDS: &[SyntaxKind] = &[$(SyntaxKind::$name,)*];
    };
}

kinds! {
    // Trivia.
    /// Spaces and tabs.
    WHITESPACE,
    /// One line break, `\n` or `\r\n`. Ends an item, or is trivia, by what encloses it.
    NEWLINE,
    /// `# …`, `// …` (without the line break) or `/* … */`.
    COMMENT,
    /// The byte order mark at the start of a file.
    BOM,

    // Tokens.
    /// A name; keywords such as `for` and `true` are names too, distinguished by their place.
    IDENT,
    /// An unsigned decimal number.
    NUMBER,
    /// The `"` before a quoted template or a label.
    OPEN_QUOTE,
    /// The `"` behind it.
    CLOSE_QUOTE,
    /// Text of a template as it is written, escapes and all.
    TEMPLATE_TEXT,
    /// `<<NAME` or `<<-NAME`.
    HEREDOC_BEGIN,
    /// The name again, which closes a heredoc.
    HEREDOC_END,
    /// `${`
    INTERPOLATION_OPEN,
    /// `%{`
    DIRECTIVE_OPEN,
    /// The `}` of an interpolation or a directive.
    TEMPLATE_CLOSE,
    /// The `~` of `${~`, `%{~` and `~}`.
    STRIP,
    /// `{`
    L_BRACE,
    /// `}`
    R_BRACE,
    /// `[`
    L_BRACKET,
    /// `]`
    R_BRACKET,
    /// `(`
    L_PAREN,
    /// `)`
    R_PAREN,
    /// `=`
    EQ,
    /// `:`
    COLON,
    /// `::`
    COLON_COLON,
    /// `,`
    COMMA,
    /// `.`
    DOT,
    /// `...`
    ELLIPSIS,
    /// `?`
    QUESTION,
    /// `=>`
    FAT_ARROW,
    /// `+`
    PLUS,
    /// `-`
    MINUS,
    /// `*`
    STAR,
    /// `/`
    SLASH,
    /// `%`
    PERCENT,
    /// `==`
    EQ_EQ,
    /// `!=`
    NOT_EQ,
    /// `<`
    LT,
    /// `<=`
    LT_EQ,
    /// `>`
    GT,
    /// `>=`
    GT_EQ,
    /// `&&`
    AND_AND,
    /// `||`
    OR_OR,
    /// `!`
    BANG,
    /// What the language has no token for, and brackets that close nothing.
    ERROR_TOKEN,

    // Structure.
    /// The whole text; holds one `BODY`.
    FILE,
    /// Attributes and blocks of the file or of a block.
    BODY,
    /// `name = expression`
    ATTRIBUTE,
    /// `type "label" { body }`
    BLOCK,
    /// One label of a block.
    LABEL,
    /// Text that fits nowhere; flat where it is deeper than the tree may be.
    ERROR,

    // Expressions.
    /// A number, `true`, `false` or `null`.
    LITERAL_EXPR,
    /// A quoted template.
    TEMPLATE_EXPR,
    /// A heredoc template.
    HEREDOC_EXPR,
    /// A bare name.
    VARIABLE_EXPR,
    /// `base.name`, and the old `base.0`.
    GET_ATTR_EXPR,
    /// `base[key]`
    INDEX_EXPR,
    /// `base[*]` and `base.*`
    SPLAT_EXPR,
    /// `function(arguments)`
    CALL_EXPR,
    /// The name of a function with its namespaces.
    FUNCTION_NAME,
    /// `(a, b...)` of a call.
    ARGUMENTS,
    /// `[a, b]`
    TUPLE_EXPR,
    /// `{ key = value }`
    OBJECT_EXPR,
    /// `key = value` or `key : value` in an object.
    OBJECT_ITEM,
    /// The key of an object item.
    OBJECT_KEY,
    /// `[for x in y : z]`
    FOR_TUPLE_EXPR,
    /// `{for x in y : k => v}`
    FOR_OBJECT_EXPR,
    /// `for k, v in y :` of a for expression.
    FOR_INTRO,
    /// `if c` of a for expression.
    FOR_CONDITION,
    /// `c ? a : b`
    CONDITIONAL_EXPR,
    /// `a + b` and its like.
    BINARY_EXPR,
    /// `-a` and `!a`
    UNARY_EXPR,
    /// `(a)`
    PAREN_EXPR,

    // Templates.
    /// `${ … }`
    INTERPOLATION,
    /// From `%{ if … }` to `%{ endif }`.
    TEMPLATE_IF,
    /// From `%{ for … }` to `%{ endfor }`.
    TEMPLATE_FOR,
    /// `%{ if … }`
    IF_TAG,
    /// `%{ else }`
    ELSE_TAG,
    /// `%{ endif }`
    ENDIF_TAG,
    /// `%{ for … }`
    FOR_TAG,
    /// `%{ endfor }`
    ENDFOR_TAG,
    /// What stands between two tags.
    TEMPLATE_BODY,
}

impl SyntaxKind {
    /// Whether it is the kind of a token, not of a node.
    pub(crate) fn is_token(self) -> bool {
        self < Self::FILE
    }

    /// Whether the kind never has a meaning of its own. `NEWLINE` is not among them.
    pub(crate) fn is_trivia(self) -> bool {
        matches!(self, Self::WHITESPACE | Self::COMMENT | Self::BOM)
    }
}

/// Ties the tree of `rowan` to [`SyntaxKind`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hcl {}

impl rowan::Language for Hcl {
    type Kind = SyntaxKind;

    fn kind_from_raw(raw: rowan::SyntaxKind) -> SyntaxKind {
        KINDS.get(raw.0 as usize).copied().unwrap_or(SyntaxKind::ERROR)
    }

    fn kind_to_raw(kind: SyntaxKind) -> rowan::SyntaxKind {
        rowan::SyntaxKind(kind as u16)
    }
}

/// A node of the tree with its place in the text.
pub type SyntaxNode = rowan::SyntaxNode<Hcl>;
/// A token of the tree with its place in the text.
pub type SyntaxToken = rowan::SyntaxToken<Hcl>;
/// A node or a token.
pub type SyntaxElement = rowan::SyntaxElement<Hcl>;
