using System.Globalization;
using Braid.Primitives;

namespace Braid.Gateway.MLflow.Search;

/// <summary>
/// The filter grammar: comparisons joined by AND.
/// <code>
/// filter     = [ comparison { AND comparison } ]
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
        Lexer.Read(clause) is { IsOk: true } read && new FilterParser(clause, read.Value).Order() is { } order
            ? order
            : SearchErrors.BadOrder(clause);

    /// <summary>Reads an identifier that stands alone, as logged models' order fields do.</summary>
    public static Result<Identifier> ParseIdentifier(string text) => ParseOrder(text).Select(order => order.By);

    private Result<IReadOnlyList<Comparison>> Filter()
    {
        var comparisons = new List<Comparison>();
        do
        {
            if (Comparison() is not { } comparison)
            {
                return SearchErrors.BadClause(Current.Kind == TokenKind.End ? source : Current.Raw);
            }

            comparisons.Add(comparison);
        } while (Take("AND"));

        return Current.Kind switch
        {
            TokenKind.End => comparisons,
            TokenKind.Semicolon => SearchErrors.SeveralStatements(source),
            _ => SearchErrors.BadClause(Current.Raw),
        };
    }

    private Ordering? Order()
    {
        var by = Identifier();
        var descending = Take("DESC");
        if (!descending)
        {
            Take("ASC");
        }

        return by is not null && Current.Kind == TokenKind.End ? new(by, !descending) : null;
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
            _ => null,
        };

    private static Literal Text(Token token) => new Literal.Text(token.Text, token.Raw);

    private static Literal? Number(Token token) =>
        double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? new Literal.Number(value, token.Raw)
            : null;

    private Literal? List()
    {
        var values = new List<string>();
        if (Take(TokenKind.Open) is null)
        {
            return null;
        }

        do
        {
            if (Take(TokenKind.Quoted) is not { } value)
            {
                return null;
            }

            values.Add(value.Text);
        } while (Take(TokenKind.Comma) is not null);

        return Take(TokenKind.Close) is null ? null : new Literal.List(values);
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
