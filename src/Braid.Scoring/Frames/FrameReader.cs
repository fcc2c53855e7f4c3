using System.Globalization;
using Braid.Scoring.Python;

namespace Braid.Scoring.Frames;

/// <summary>Reads the two forms of a data frame in JSON.</summary>
internal static class FrameReader
{
    /// <summary><c>dataframe_records</c>: a list of rows.</summary>
    /// <exception cref="Refusal">It is none.</exception>
    public static Frame Records(object? value)
    {
        if (value is not PyList rows)
        {
            throw Refusal.Invalid($"Dataframe records format must be a list of records. Got {KindOf(value)}.");
        }

        return OfItems(rows, names: null)
            ?? throw Malformed("records", $"'{PythonText.TypeOf(rows.Find(IsNoRow))}' object has no attribute 'keys'");

        static bool IsNoRow(object? row) => row is not PyDict;
    }

    /// <summary><c>dataframe_split</c>: columns, data, and the index.</summary>
    /// <exception cref="Refusal">It is none.</exception>
    public static Frame Split(object? value)
    {
        if (value is not PyDict parts)
        {
            throw Refusal.Invalid($"Dataframe split format must be a dictionary. Got {KindOf(value)}.");
        }

        if (!parts.ContainsKey("data") || parts.Keys.Any(key => key is not ("columns" or "data" or "index")))
        {
            var keys = string.Join(", ", parts.Keys.Select(PythonText.Repr));
            throw Refusal.Invalid(
                "Dataframe split format must have 'data' field and optionally 'columns' and 'index' fields. "
                    + $"Got {{{keys}}}.'"
            );
        }

        var frame = Data(parts["data"], Names(parts.GetValueOrDefault("columns")));
        return Indexed(frame, parts.GetValueOrDefault("index"));
    }

    private static IReadOnlyList<object>? Names(object? columns) =>
        columns switch
        {
            null => null,
            PyList list => [.. list.Select(name => name is long ? name : (object)PythonText.Str(name))],
            _ => throw Malformed(
                "split",
                $"Index(...) must be called with a collection of some kind, {PythonText.Repr(columns)} was passed"
            ),
        };

    private static Frame Data(object? data, IReadOnlyList<object>? names) =>
        data switch
        {
            null => Frame.OfLists([], names),
            PyList list => OfItems(list, names)
                ?? throw Malformed("split", "some rows are lists or dictionaries, and others are not"),
            PyDict columns => OfColumns(columns, names),
            _ => throw Malformed("split", "DataFrame constructor not properly called!"),
        };

    /// <summary>Null when the items are not of one kind.</summary>
    private static Frame? OfItems(PyList items, IReadOnlyList<object>? names)
    {
        if (items.TrueForAll(item => item is PyDict))
        {
            return items.Count == 0 ? Frame.OfLists([], names) : Chosen(Frame.OfRows([.. items.Cast<PyDict>()]), names);
        }

        if (items.TrueForAll(item => item is PyList))
        {
            var width = items.Max(item => ((PyList)item!).Count);
            return names is null || names.Count == width
                ? Frame.OfLists([.. items.Cast<PyList>()], names)
                : throw Malformed("split", Text($"{names.Count} columns passed, passed data had {width} columns"));
        }

        if (items[0] is PyDict or PyList)
        {
            return null;
        }

        return names is null or [_]
            ? Frame.OfLists([.. items.Select(item => new PyList { item })], names)
            : throw Malformed(
                "split",
                Text($"Shape of passed values is ({items.Count}, 1), indices imply ({items.Count}, {names.Count})")
            );
    }

    private static Frame OfColumns(PyDict columns, IReadOnlyList<object>? names)
    {
        var rows = columns.Values.Select(column => (column as PyList)?.Count ?? -1).Distinct().ToList();
        return rows switch
        {
            [] => Frame.OfLists([], names),
            [>= 0 and var count] => Chosen(
                new([.. columns.Select(pair => new Column(pair.Key, (PyList)pair.Value!))], count),
                names
            ),
            _ => throw Malformed("split", "All arrays must be of the same length"),
        };
    }

    private static Frame Chosen(Frame frame, IReadOnlyList<object>? names)
    {
        if (names is null)
        {
            return frame;
        }

        var columns = names.Select(name =>
            (name is string text ? frame.Find(text) : null)
            ?? new Column(name, [.. Enumerable.Repeat((object?)double.NaN, frame.Rows)])
        );
        return frame with { Columns = [.. columns] };
    }

    private static Frame Indexed(Frame frame, object? index) =>
        index switch
        {
            null => frame,
            PyList names when names.Count == frame.Rows => frame with { Index = names },
            PyList names => throw Malformed(
                "split",
                Text(
                    $"Shape of passed values is ({frame.Rows}, {frame.Columns.Count}), indices imply ({names.Count}, {frame.Columns.Count})"
                )
            ),
            _ => throw Malformed(
                "split",
                $"Index(...) must be called with a collection of some kind, {PythonText.Repr(index)} was passed"
            ),
        };

    private static string KindOf(object? value) =>
        value switch
        {
            PyDict => "dictionary",
            PyList => "list",
            _ => $"type <class '{PythonText.TypeOf(value)}'>",
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Refusal Malformed(string form, string cause) =>
        Refusal.Invalid(
            $"Provided dataframe_{form} field is not a valid dataframe representation in '{form}' format. Error: '{cause}'"
        );
}
