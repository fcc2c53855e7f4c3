using System.Globalization;
using Braid.Primitives;

namespace Braid.Tracking.Search;

/// <summary>
/// The filter grammar: comparisons joined by AND. As in MLflow's own parser a stray AND is no error.
/// <code>
/// filter     = { AND | comparison }
/// comparison = identifier ( operator value | [NOT] IN list | IS [NOT] NULL )
/// identifier = part { "." part }          the first dot splits the entity from the key
/// part       = word | `name` | "name"
/// operator   = "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | LIKE | ILIKE
/// value      = number | 'text' | "text"
/// list       = "(" 'text' { "," 'text' } ")"
/// </code>
/// What the names may be, and which operators suit them, is each search's own table.
/// </summary>
internal sealed class FilterParser
{
    private readonly string source;
    private readonly IReadOnlyList<Token> tokens;
    private int at;
    private Error? problem;

    private FilterParser(string source, IReadOnlyList<Token> tokens)
    {
        this.source = source;
        this.tokens = tokens;
    }

    private Token Current => tokens[at];

    /// <summary>An empty filter has no comparisons: it takes everything.</summary>
    public static Result<IReadOnlyList<Comparison>> Parse(string? filter) =>
        string.IsNullOrWhiteSpace(filter)
            ? Array.Empty<Comparison>()
            : Lexer.Read(filter).Then(tokens => new FilterParser(filter, tokens).Filter());

    /// <summary>Reads <c>identifier [ASC|DESC]</c>.</summary>
    public static Result<Ordering> ParseOrder(string clause) =>
        Lexer.Read(clause) is { IsOk: true } read
            ? new FilterParser(clause, read.Value).Order()
            : SearchErrors.BadOrder(clause);

    private Result<IReadOnlyList<Comparison>> Filter()
    {
        var comparisons = new List<Comparison>();
        while (Current.Kind != TokenKind.End)
        {
            if (Take("AND"))
            {
                continue;
            }

            if (IsConnective(Current) || Comparison() is not { } comparison)
            {
                return problem ?? Unexpected();
            }

            comparisons.Add(comparison);
        }

        return comparisons;
    }

    private Error Unexpected() =>
        Current.Kind switch
        {
            TokenKind.End => SearchErrors.BadClause(source),
            TokenKind.Semicolon when tokens[at + 1].Kind != TokenKind.End => SearchErrors.SeveralStatements(source),
            TokenKind.Quoted or TokenKind.Number when tokens[at + 1].Kind == TokenKind.Operator =>
                SearchErrors.NoIdentifier(Current.Raw),
            _ => SearchErrors.BadClause(Current.Raw),
        };

    private Result<Ordering> Order()
    {
        var by = Identifier();
        var descending = Take("DESC");
        if (!descending)
        {
            Take("ASC");
        }

        return by is not null && Current.Kind == TokenKind.End ? new Ordering(by, !descending)
            : by is not null && Current.Kind == TokenKind.Word && tokens[at + 1].Kind == TokenKind.End
                ? SearchErrors.BadOrderKey(source)
            : SearchErrors.BadOrder(source);
    }

    private Comparison? Comparison()
    {
        if (Identifier() is not { } left || Operator() is not { } name)
        {
            return null;
        }

        var right = name switch
        {
            "IN" or "NOT IN" => List(),
            "IS NULL" or "IS NOT NULL" => new Literal.Null(),
            _ => Value(),
        };
        return right is null ? null : new(left, name, right);
    }

    private Identifier? Identifier()
    {
        var parts = new List<string>();
        do
        {
            if (Part(parts.Count > 0) is not { } part)
            {
                return null;
            }

            parts.Add(part);
        } while (Take(TokenKind.Dot) is not null);

        return parts.Count == 1 ? new(null, parts[0]) : new(parts[0], string.Join('.', parts.Skip(1)));
    }

    /// <summary>After a dot a part may look like a number: <c>params.layers.0</c>.</summary>
    private string? Part(bool afterDot) =>
        Current.Kind switch
        {
            TokenKind.Word or TokenKind.Name => Next().Text,
            TokenKind.Quoted when Current.Raw[0] == '"' => Next().Text,
            TokenKind.Number when afterDot => Next().Text,
            _ => null,
        };

    private string? Operator()
    {
        if (Take(TokenKind.Operator) is { } symbol)
        {
            return symbol.Text;
        }

        var negated = Take("NOT");
        return Take("IN") ? (negated ? "NOT IN" : "IN")
            : negated ? null
            : Take("LIKE") ? "LIKE"
            : Take("ILIKE") ? "ILIKE"
            : Take("IS") ? Presence()
            : null;
    }

    private string? Presence()
    {
        var negated = Take("NOT");
        return !Take("NULL") ? null
            : negated ? "IS NOT NULL"
            : "IS NULL";
    }

    private Literal? Value() =>
        Current.Kind switch
        {
            TokenKind.Quoted => Text(Next()),
            TokenKind.Number => Number(Next()),
            TokenKind.Name => new Literal.Bare(Next().Raw),
            TokenKind.Word when !IsConnective(Current) => new Literal.Bare(Next().Raw),
            TokenKind.Open => List(),
            _ => null,
        };

    private static bool IsConnective(Token token) => token.Is("AND") || token.Is("OR") || token.Is("NOT");

    private static Literal Text(Token token) => new Literal.Text(token.Text, token.Raw);

    private static Literal? Number(Token token) =>
        double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? new Literal.Number(value, token.Raw)
            : null;

    private Literal? List()
    {
        var items = new List<Token>();
        if (Take(TokenKind.Open) is null)
        {
            return null;
        }

        do
        {
            if ((Take(TokenKind.Quoted) ?? Take(TokenKind.Number)) is { } item)
            {
                items.Add(item);
            }
        } while (Take(TokenKind.Comma) is not null);

        if (Take(TokenKind.Close) is null)
        {
            return null;
        }

        problem =
            items.Count == 0 ? SearchErrors.EmptyList()
            : items.Exists(item => item.Kind == TokenKind.Number)
                ? SearchErrors.ListOfOthers($"({string.Join(", ", items.Select(item => item.Raw))})")
            : null;
        return problem is null ? new Literal.List([.. items.Select(item => item.Text)]) : null;
    }

    private Token Next() => tokens[at++];

    private bool Take(string keyword)
    {
        var found = Current.Is(keyword);
        at += found ? 1 : 0;
        return found;
    }

    private Token? Take(TokenKind kind) => Current.Kind == kind ? Next() : null;
}
