namespace Braid.Tracking.Search;

internal enum TokenKind
{
    Word,

    /// <summary>A name in backticks.</summary>
    Name,

    /// <summary>In single or double quotes: a value on the right of an operator, in double quotes also a name on its left.</summary>
    Quoted,
    Number,
    Operator,
    Dot,
    Comma,
    Open,
    Close,
    Semicolon,
    End,
}

/// <summary>One token: its meaning in <paramref name="Text"/> (without quotes), its source text in <paramref name="Raw"/>.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, string Raw)
{
    public bool Is(string keyword) =>
        Kind == TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
