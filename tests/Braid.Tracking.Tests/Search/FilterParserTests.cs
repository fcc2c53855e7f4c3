using Braid.Tracking.Search;

namespace Braid.Tracking.Tests.Search;

public sealed class FilterParserTests
{
    [Theory]
    [InlineData("metrics.loss < 0.5", "metrics", "loss", "<", "0.5")]
    [InlineData("metrics.`val/acc 1` >= -1e-3", "metrics", "val/acc 1", ">=", "-1e-3")]
    [InlineData("params.\"a b\" = 'x'", "params", "a b", "=", "'x'")]
    [InlineData("params.layers.0.size != \"8\"", "params", "layers.0.size", "!=", "\"8\"")]
    [InlineData("tags.mlflow.runName ilike '%A%'", "tags", "mlflow.runName", "ILIKE", "'%A%'")]
    [InlineData("tag.`mlflow.prompt.is_prompt` != 'true'", "tag", "mlflow.prompt.is_prompt", "!=", "'true'")]
    [InlineData("status='FINISHED'", null, "status", "=", "'FINISHED'")]
    [InlineData("attributes.`Run name` LIKE 'x'", "attributes", "Run name", "LIKE", "'x'")]
    [InlineData("params.a = 'it''s'", "params", "a", "=", "'it''s'")]
    [InlineData("a == 1", null, "a", "==", "1")]
    [InlineData("a <> b", null, "a", "<>", "b")]
    [InlineData("run_id NOT IN ('a', 'b')", null, "run_id", "NOT IN", "('a', 'b')")]
    [InlineData("tags.k IS NOT NULL", "tags", "k", "IS NOT NULL", "NULL")]
    [InlineData("metrics.and > 1", "metrics", "and", ">", "1")]
    public void A_comparison_is_read(string filter, string? entity, string key, string op, string right)
    {
        var comparison = Assert.Single(FilterParser.Parse(filter).Value);
        Assert.Equal(new Identifier(entity, key), comparison.Left);
        Assert.Equal((op, right), (comparison.Operator, comparison.Right.Raw));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("  ", 0)]
    [InlineData("a = '1' AND b = '2' and c > 3", 3)]
    [InlineData("AND a = '1' AND", 1)]
    [InlineData("a = '1' b = '2'", 2)]
    public void Comparisons_are_joined_by_and(string? filter, int count) =>
        Assert.Equal(count, FilterParser.Parse(filter).Value.Count);

    [Theory]
    [InlineData("a = '1' or b = '2'", "Invalid clause(s) in filter string: 'or'")]
    [InlineData("(a = '1')", "Invalid clause(s) in filter string: '('")]
    [InlineData("a = '1';", "Invalid clause(s) in filter string: ';'")]
    [InlineData("a =", "Invalid clause(s) in filter string: 'a ='")]
    [InlineData("'a' = 'a'", "Invalid comparison clause. Expected 'Identifier' found ''a''")]
    [InlineData(
        "a IN ()",
        "While parsing a list in the query, expected a non-empty list of string values, but got empty list"
    )]
    [InlineData("a BETWEEN 1", "Invalid clause(s) in filter string: 'BETWEEN'")]
    [InlineData("a = 'unclosed", "Invalid clause(s) in filter string: ''unclosed'")]
    [InlineData("a ! 1", "Invalid clause(s) in filter string: '! 1'")]
    public void What_is_not_grammar_is_named(string filter, string message) =>
        Assert.Equal(message, FilterParser.Parse(filter).Error?.Message);

    [Fact]
    public void Two_statements_are_refused() =>
        Assert.StartsWith(
            "Search filter contained multiple expression \"a = '1'; b = '2'\".",
            FilterParser.Parse("a = '1'; b = '2'").Error?.Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("metrics.loss", "metrics", "loss", true)]
    [InlineData("metrics.`a b` DESC", "metrics", "a b", false)]
    [InlineData("start_time asc", null, "start_time", true)]
    public void An_order_clause_is_read(string clause, string? entity, string key, bool ascending) =>
        Assert.Equal(new(new(entity, key), ascending), FilterParser.ParseOrder(clause).Value);

    [Theory]
    [InlineData("")]
    [InlineData("metrics.")]
    [InlineData("loss DESC, acc")]
    public void A_broken_order_clause_is_named(string clause) =>
        Assert.Equal(
            $"Invalid order_by clause '{clause}'. Could not be parsed.",
            FilterParser.ParseOrder(clause).Error?.Message
        );

    [Fact]
    public void A_direction_that_is_none_is_named() =>
        Assert.Equal(
            "Invalid ordering key in order_by clause 'loss UP'.",
            FilterParser.ParseOrder("loss UP").Error?.Message
        );

    [Fact]
    public void A_doubled_quote_stands_for_itself() =>
        Assert.Equal(
            "it's",
            Assert.IsType<Literal.Text>(Assert.Single(FilterParser.Parse("a = 'it''s'").Value).Right).Value
        );

    [Fact]
    public void No_text_makes_the_parser_throw()
    {
        var random = new Random(20_261_121);
        const string alphabet = "a.`\"' =!<>();,0-+eAND NOTIN\t\\%é";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(
                Enumerable.Range(0, random.Next(24)).Select(_ => alphabet[random.Next(alphabet.Length)])
            );
            _ = FilterParser.Parse(text).IsOk;
            _ = FilterParser.ParseOrder(text).IsOk;
        }
    }
}
