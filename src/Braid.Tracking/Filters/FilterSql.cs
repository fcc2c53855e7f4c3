using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Braid.Metadata;
using Braid.Primitives;
using Braid.Tracking.Models;

namespace Braid.Tracking.Filters;

/// <summary>
/// Writes filters and orders as SQL. The entity is <c>e</c> and its project, where the entity has one, <c>p</c>; tags,
/// parameters, series and datasets hang on <c>e.id</c>. Values only ever travel as arguments.
/// </summary>
internal sealed class FilterSql
{
    /// <summary>Fewer than either store takes, which leaves some for lists of ids beside the condition.</summary>
    private const int mostValues = 20_000;

    private readonly SqlArguments arguments = new();

    /// <summary>The arguments of all that was written so far.</summary>
    public IReadOnlyDictionary<string, object?> Arguments => arguments.Values;

    public string Bind(object? value) => arguments.Bind(value);

    /// <summary>A condition, or why it cannot be one.</summary>
    public Result<string> Where(Filter filter)
    {
        try
        {
            var condition = Write(filter);
            return arguments.Values.Count > mostValues
                ? Errors.TooManyValues(arguments.Values.Count, mostValues)
                : condition;
        }
        catch (BadFilterException bad)
        {
            return bad.Error;
        }
    }

    /// <summary><c>ORDER BY</c> with absent values last, ending with <paramref name="tieBreak"/>.</summary>
    public string OrderBy(IReadOnlyList<Order> orders, string tieBreak)
    {
        var keys = orders.SelectMany(order => Keys(order.By).Select(key => Key(order, key)));
        return $"ORDER BY {string.Join(", ", keys.Append(tieBreak))}";
    }

    /// <summary><c>LIMIT</c> and <c>OFFSET</c>, one row more than a page, to see whether there is another.</summary>
    public string Paging(int offset, int? limit) =>
        limit is null && offset == 0
            ? ""
            : $"LIMIT {Bind(limit is { } most ? most + 1L : long.MaxValue)} OFFSET {Bind((long)offset)}";

    /// <summary><c>AND column IN (...)</c>, or nothing when there is no list.</summary>
    public string AndIn<T>(string column, IReadOnlyList<T>? values) =>
        values switch
        {
            null => "",
            [] => " AND FALSE",
            _ => $" AND {column} IN {arguments.List(values.Select(value => $"{value}"))}",
        };

    private string Write(Filter filter) =>
        filter switch
        {
            Filter.All all => All(all.Parts),
            Filter.Any any => Join([.. any.Parts.Select(Write)], " OR ", "FALSE"),
            // What is unknown is false, so its opposite is true.
            Filter.Not not => $"NOT COALESCE({Write(not.Part)}, FALSE)",
            Filter.Compare compare => On(compare.Field, column => Compare(column, compare)),
            Filter.OneOf { Values: [] } => "FALSE",
            Filter.OneOf one => On(one.Field, column => $"{column} IN {arguments.List(one.Values)}"),
            Filter.NoneOf { Values: [] } none => $"NOT {Missing(none.Field)}",
            Filter.NoneOf none => On(none.Field, column => $"{column} NOT IN {arguments.List(none.Values)}"),
            Filter.Missing missing => Missing(missing.Field),
            Filter.Matches match => On(match.Field, column => Regexp(column, Checked(match.Pattern), match.IgnoreCase)),
            Filter.HasLabel label => HasLabel(label),
            Filter.HasNoLabel none => $"{LabelColumn(none.System)} = ''",
            _ => throw new InvalidOperationException($"no SQL for {filter}"),
        };

    /// <summary>What is asked of one metric is asked of its row at once, so that both bounds of a range are.</summary>
    private string All(IReadOnlyList<Filter> parts)
    {
        var metrics = parts
            .OfType<Filter.Compare>()
            .Where(compare => compare.Field is Field.Metric)
            .GroupBy(compare => compare.Field)
            .Where(bounds => bounds.Count() > 1)
            .ToList();
        var together = metrics.Select(bounds =>
            On(bounds.Key, column => string.Join(" AND ", bounds.Select(bound => Compare(column, bound))))
        );
        var apart = parts.Except(metrics.SelectMany(bounds => bounds)).Select(Write);
        return Join([.. together, .. apart], " AND ", "TRUE");
    }

    /// <summary>Halves of halves: a store takes no expression that is thousands deep, and reads a row of ORs as one.</summary>
    private static string Join(ReadOnlySpan<string> parts, string between, string none) =>
        parts switch
        {
            [] => none,
            [var one] => $"({one})",
            [var one, var other] => $"({one}{between}{other})",
            _ =>
                $"({Join(parts[..(parts.Length / 2)], between, none)}{between}{Join(parts[(parts.Length / 2)..], between, none)})",
        };

    private string HasLabel(Filter.HasLabel label)
    {
        var column = LabelColumn(label.System);
        return $"REPLACE({column}, {Bind(Labels.Needle(label.Label))}, '') <> {column}";
    }

    private static string LabelColumn(bool isSystem) => isSystem ? "e.system_labels" : "e.labels";

    /// <summary>The condition on a field's column, where the column is; false where there is none.</summary>
    private string On(Field field, Func<string, string> condition) =>
        field switch
        {
            Field.Attribute attribute => condition(attribute.Column),
            Field.Tag tag => $"EXISTS ({TagRow(tag, "1")} AND {condition("x.value")})",
            Field.Parameter parameter => $"EXISTS ({ParameterRow(parameter, "1")} AND {condition("x.value")})",
            // The sign keeps SQLite from going through all series in the value's range for each run.
            Field.Metric metric => $"EXISTS ({SeriesRow(metric, "1")} AND {condition("+" + Column(metric))})",
            Field.Document document => condition(TextIn(document)),
            Field.LinkedModel model => $"EXISTS ({ModelRow(model)} AND {condition("x.model_id")})",
            Field.Dataset dataset => $"EXISTS ({DatasetRow(dataset.Of)} AND {condition(Column(dataset.Of))})",
            Field.Measured measured => $"EXISTS ({MeasuredRow(measured, "1")} AND {condition("x.value")})",
            Field.Constant or Field.Joined or Field.Either or Field.Renamed => condition(TextOf(field)),
            _ => throw new InvalidOperationException($"no SQL for {field}"),
        };

    private string Missing(Field field) =>
        field switch
        {
            Field.Attribute { Kind: FieldKind.Text } text => $"COALESCE({text.Column}, '') = ''",
            Field.Attribute attribute => $"{attribute.Column} IS NULL",
            Field.Document document => $"{TextIn(document)} IS NULL",
            Field.Constant or Field.Joined or Field.Either or Field.Renamed => $"COALESCE({TextOf(field)}, '') = ''",
            _ => $"NOT {On(field, _ => "TRUE")}",
        };

    private string TagRow(Field.Tag tag, string select) =>
        $"SELECT {select} FROM tag x WHERE x.owner_id = e.id AND x.key = {Bind(tag.Key)}";

    private string ParameterRow(Field.Parameter parameter, string select) =>
        $"SELECT {select} FROM parameter x WHERE x.owner_id = e.id AND x.section = {Bind(parameter.Section)} "
        + $"AND x.name = {Bind(parameter.Name)}";

    private string SeriesRow(Field.Metric metric, string select) =>
        $"SELECT {select} FROM series x WHERE x.name_key = {Bind(metric.Key)} AND x.owner_id = e.id";

    private static string Column(Field.Metric metric) => MetricSql.Column(metric.Value, "x");

    private string TextIn(Field.Document document)
    {
        var path = new JsonArray([.. document.Path.Select(name => JsonValue.Create(name))]);
        return $"json_text({document.Column}, {Bind(path.ToJsonString())})";
    }

    private string MeasuredRow(Field.Measured measured, string select)
    {
        var metric = measured.Key is { } key ? $" AND x.name_key = {Bind(key)}" : "";
        var datasets = string.Join(" OR ", measured.On.Select(OnDataset));
        return $"SELECT {select} FROM model_metric x WHERE x.model_id = e.id{metric}"
            + (datasets.Length == 0 ? "" : $" AND ({datasets})");
    }

    private string OnDataset(MeasuredOn dataset) =>
        dataset.Digest is { } digest
            ? $"(x.dataset_name = {Bind(dataset.Name)} AND x.dataset_digest = {Bind(digest)})"
            : $"x.dataset_name = {Bind(dataset.Name)}";

    /// <summary>What is made of other fields, as one text.</summary>
    private string TextOf(Field field) =>
        field switch
        {
            Field.Attribute attribute => $"CAST({attribute.Column} AS TEXT)",
            Field.Constant constant => $"CAST({Bind(constant.Value)} AS TEXT)",
            Field.Joined joined => $"({string.Join(" || ", joined.Parts.Select(TextOf))})",
            Field.Either either => $"COALESCE(NULLIF({TextOf(either.First)}, ''), {TextOf(either.Second)})",
            Field.Renamed renamed => $"CASE {TextOf(renamed.Of)} {Names(renamed)} ELSE '' END",
            _ => throw new InvalidOperationException($"{field} is no part of a text"),
        };

    private string Names(Field.Renamed field) =>
        string.Join(' ', field.Names.Select(one => $"WHEN {Bind(one.Word)} THEN {Bind(one.Name)}"));

    private string ModelRow(Field.LinkedModel model) =>
        $"SELECT 1 FROM run_model x WHERE x.run_id = e.id AND x.kind = {Bind(RunModelRow.Text(model.Kind))}";

    private static string DatasetRow(DatasetField of) =>
        "SELECT 1 FROM run_dataset i JOIN dataset x ON x.id = i.dataset_id "
        + (of == DatasetField.Context ? "JOIN tag t ON t.owner_id = i.id AND t.key = 'mlflow.data.context' " : "")
        + "WHERE i.run_id = e.id";

    /// <summary>The condition on a column that is known.</summary>
    public string Compare(string column, Filter.Compare compare) =>
        compare.Comparison switch
        {
            Comparison.Like => Regexp(column, LikePattern(Text(compare.Value)), ignoreCase: false),
            Comparison.ILike => Regexp(column, LikePattern(Text(compare.Value)), ignoreCase: true),
            _ => $"{column} {Symbol(compare.Comparison)} {Bind(Comparable(compare.Field, compare.Value))}",
        };

    /// <summary>
    /// The condition that a column has a value, one that all comparisons of its field hold for: an index finds it by one lower bound.
    /// </summary>
    /// <param name="parts">Conditions that hold together.</param>
    /// <param name="least">No value is less.</param>
    public string Range(string column, Field field, IEnumerable<Filter> parts, object least)
    {
        var bounds = parts.OfType<Filter.Compare>().Where(compare => compare.Field == field).ToList();
        // Of two lower bounds an index takes the first, whichever it is.
        IEnumerable<string> lower = bounds.Exists(BoundsBelow) ? [] : [$"{column} >= {Bind(least)}"];
        return string.Join(" AND ", [.. lower, .. bounds.Select(bound => Compare(column, bound))]);
    }

    private static bool BoundsBelow(Filter.Compare bound) =>
        bound.Comparison is Comparison.Equal or Comparison.Greater or Comparison.GreaterOrEqual;

    private string Regexp(string column, string pattern, bool ignoreCase) =>
        $"regexp_like({column}, {Bind(pattern)}, '{(ignoreCase ? 'i' : 'c')}')";

    private IEnumerable<string> Keys(Field field) =>
        field switch
        {
            Field.Attribute { Kind: FieldKind.Text } text => [$"NULLIF({text.Column}, '')"],
            Field.Attribute attribute => [attribute.Column],
            Field.Tag tag => [$"({TagRow(tag, "x.value")})"],
            Field.Document document => [TextIn(document)],
            Field.Parameter { SortsAsText: true } text => [$"({ParameterRow(text, "x.value COLLATE \"binary\"")})"],
            // Numbers by size before words by letters.
            Field.Parameter parameter =>
            [
                $"({ParameterRow(parameter, "x.number")})",
                $"({ParameterRow(parameter, "x.value")})",
            ],
            // NaN, kept as NULL, after the numbers and before what has no such series.
            Field.Metric metric => [$"({SeriesRow(metric, Column(metric))})", $"({SeriesRow(metric, "1")})"],
            Field.Measured measured =>
            [
                $"({MeasuredRow(measured, "x.value")} ORDER BY x.ms DESC, x.step DESC LIMIT 1)",
            ],
            Field.Joined or Field.Either => [TextOf(field)],
            Field.Renamed => [$"NULLIF({TextOf(field)}, '')"],
            _ => throw new InvalidOperationException($"no order by {field}"),
        };

    private static string Key(Order order, string expression)
    {
        var key = $"{expression} {(order.Descending ? "DESC" : "ASC")}";
        return order.By is Field.Attribute { IsNeverAbsent: true } ? key : $"{key} NULLS LAST";
    }

    private static string Column(DatasetField of) =>
        of switch
        {
            DatasetField.Name => "x.name",
            DatasetField.Digest => "x.digest",
            _ => "t.value",
        };

    private static string Symbol(Comparison comparison) =>
        comparison switch
        {
            Comparison.Equal => "=",
            Comparison.NotEqual => "<>",
            Comparison.Less => "<",
            Comparison.LessOrEqual => "<=",
            Comparison.Greater => ">",
            Comparison.GreaterOrEqual => ">=",
            _ => throw new InvalidOperationException($"no symbol for {comparison}"),
        };

    /// <summary>The value as its field's columns keep it.</summary>
    private static object Comparable(Field field, object value) =>
        (field, value) switch
        {
            (Field.Attribute { Kind: FieldKind.Time }, DateTimeOffset time) => time.ToStored(),
            (Field.Attribute { Kind: FieldKind.Number }, long or double) => value,
            (Field.Attribute { Kind: FieldKind.Flag }, bool) => value,
            (Field.Metric or Field.Measured, double) => value,
            (Field.Metric, long number) => (double)number,
            (Field.Attribute { Kind: FieldKind.Text } or Field.Tag or Field.Parameter or Field.Dataset, string) =>
                value,
            (Field.Document or Field.LinkedModel, string) => value,
            (Field.Constant or Field.Joined or Field.Either or Field.Renamed, string) => value,
            _ => throw new BadFilterException(
                Errors.BadCondition($"{field.GetType().Name} does not compare with {value.GetType().Name}")
            ),
        };

    private static string Text(object value) =>
        value as string ?? throw new BadFilterException(Errors.BadCondition("LIKE takes a text"));

    /// <summary>A regular expression for SQL's pattern: both stores' own LIKE differ in how they take case.</summary>
    private static string LikePattern(string like)
    {
        var pattern = new StringBuilder("^");
        foreach (var letter in like)
        {
            pattern.Append(
                letter switch
                {
                    '%' => ".*",
                    '_' => ".",
                    _ => Escaped(letter),
                }
            );
        }

        return pattern.Append('$').ToString();
    }

    /// <summary>Every dialect reads a backslash before punctuation as that punctuation.</summary>
    private static string Escaped(char letter) =>
        char.IsAscii(letter) && !char.IsAsciiLetterOrDigit(letter) && !char.IsControl(letter)
            ? $"\\{letter}"
            : letter.ToString(CultureInfo.InvariantCulture);

    private static string Checked(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return pattern;
        }
        catch (ArgumentException bad)
        {
            throw new BadFilterException(Errors.BadPattern(pattern, bad.Message));
        }
    }

    /// <summary>Carries a refusal out of the recursion; never leaves this class.</summary>
    private sealed class BadFilterException(Error error) : Exception
    {
        public Error Error { get; } = error;
    }
}
