using Braid.Primitives;

namespace Braid.Tracking.Search;

/// <summary>Cuts a filter or an order clause into tokens.</summary>
internal static class Lexer
{
    public static Result<IReadOnlyList<Token>> Read(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new(TokenKind.End, "", ""));
                return tokens;
            }

            var token = One(text, at);
            if (!token.TryGet(out var read, out var error))
            {
                return error;
            }

            tokens.Add(read);
            at += read.Raw.Length;
        }
    }

    private static Result<Token> One(string text, int at) =>
        text[at] switch
        {
            '`' or '"' or '\'' => Quoted(text, at),
            '.' when !StartsNumber(text, at) || FollowsName(text, at) => Symbol(TokenKind.Dot, text, at, 1),
            ',' => Symbol(TokenKind.Comma, text, at, 1),
            '(' => Symbol(TokenKind.Open, text, at, 1),
            ')' => Symbol(TokenKind.Close, text, at, 1),
            ';' => Symbol(TokenKind.Semicolon, text, at, 1),
            '=' or '!' or '<' or '>' => Operator(text, at),
            _ when StartsNumber(text, at) => Span(TokenKind.Number, text, at, IsNumberPart),
            _ when IsWordPart(text, at) => Span(TokenKind.Word, text, at, IsWordPart),
            _ => SearchErrors.BadClause(text[at..]),
        };

    /// <summary>A quoted text ends at its next quote that is not doubled: a doubled one stands for itself.</summary>
    private static Result<Token> Quoted(string text, int at)
    {
        var (quote, end) = (text[at], at);
        do
        {
            end = text.IndexOf(quote, end == at ? at + 1 : end + 2);
        } while (end >= 0 && end + 1 < text.Length && text[end + 1] == quote);

        if (end < 0)
        {
            return SearchErrors.BadClause(text[at..]);
        }

        var content = text[(at + 1)..end].Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
        return new Token(quote == '`' ? TokenKind.Name : TokenKind.Quoted, content, text[at..(end + 1)]);
    }

    private static Result<Token> Operator(string text, int at)
    {
        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        var length = next == '=' || (text[at], next) is ('<', '>') ? 2 : 1;
        return text[at] == '!' && length == 1
            ? SearchErrors.BadClause(text[at..])
            : Symbol(TokenKind.Operator, text, at, length);
    }

    private static Token Symbol(TokenKind kind, string text, int at, int length) =>
        new(kind, text.Substring(at, length), text.Substring(at, length));

    private static Token Span(TokenKind kind, string text, int at, Func<string, int, bool> isPart)
    {
        var end = at + 1;
        while (end < text.Length && isPart(text, end))
        {
            end++;
        }

        return Symbol(kind, text, at, end - at);
    }

    private static bool FollowsName(string text, int at) =>
        at > 0 && (IsWordPart(text, at - 1) || text[at - 1] is '`' or '"');

    private static bool StartsNumber(string text, int at)
    {
        var sign = text[at] is '-' or '+' ? 1 : 0;
        var digit = at + sign + (at + sign < text.Length && text[at + sign] == '.' ? 1 : 0);
        return digit < text.Length && char.IsAsciiDigit(text[digit]);
    }

    private static bool IsNumberPart(string text, int at) =>
        char.IsAsciiLetterOrDigit(text[at])
        || text[at] is '.' or '_'
        || (text[at] is '-' or '+' && text[at - 1] is 'e' or 'E');

    private static bool IsWordPart(string text, int at) =>
        char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '/' or ':';
}
