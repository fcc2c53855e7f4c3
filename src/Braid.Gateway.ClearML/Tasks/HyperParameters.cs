using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Requests;
using Braid.Tracking.Runs;

namespace Braid.Gateway.ClearML.Tasks;

/// <summary>Hyper-parameters on the wire: by section and name inside a task, a flat list in the calls about them.</summary>
internal static class HyperParameters
{
    /// <summary>User properties: the one section whose case does not matter.</summary>
    private const string properties = "properties";

    public static JsonObject Of(IReadOnlyList<RunParameter> parameters)
    {
        var sections = new JsonObject();
        foreach (var section in parameters.GroupBy(parameter => parameter.Section, StringComparer.Ordinal))
        {
            var byName = section.Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)Item(parameter)));
            sections.Add(section.Key, new JsonObject(byName));
        }

        return sections;
    }

    public static JsonObject Item(RunParameter parameter) =>
        new()
        {
            ["section"] = parameter.Section,
            ["name"] = parameter.Name,
            ["value"] = parameter.Value,
            ["type"] = parameter.Type,
            ["description"] = parameter.Description,
        };

    /// <summary>The parameters of a task's <c>hyperparams</c>; the place wins over what an item says of itself.</summary>
    public static IReadOnlyList<RunParameter> ReadSections(Fields fields, string name)
    {
        var parameters = new List<RunParameter>();
        foreach (var (section, content) in fields.Object(name) ?? [])
        {
            foreach (var (key, item) in content as JsonObject ?? [])
            {
                var read = ReadValue(fields, item as JsonObject ?? []);
                parameters.Add(read with { Section = Section(section), Name = key });
            }
        }

        RefuseUnnamed(fields, parameters);
        return parameters;
    }

    /// <summary>The parameters of a flat list.</summary>
    public static IReadOnlyList<RunParameter> ReadList(Fields fields, string name)
    {
        var parameters = new List<RunParameter>();
        foreach (var item in fields.Objects(name))
        {
            var (section, key) = ReadKey(fields, item);
            parameters.Add(ReadValue(fields, item) with { Section = section, Name = key ?? "" });
        }

        RefuseUnnamed(fields, parameters);
        return parameters;
    }

    /// <summary>Which parameter, or (without a name) which section, an item means.</summary>
    public static (string Section, string? Name) ReadKey(Fields fields, JsonObject json)
    {
        var item = new Fields(json);
        var key = (Section(item.Text("section") ?? ""), item.Text("name"));
        RefuseAlso(fields, item);
        return key;
    }

    private static RunParameter ReadValue(Fields fields, JsonObject json)
    {
        var item = new Fields(json);
        var parameter = new RunParameter(
            "",
            "",
            item.Text("value") ?? "",
            item.Text("type") ?? "",
            item.Text("description") ?? ""
        );
        RefuseAlso(fields, item);
        return parameter;
    }

    private static string Section(string section) =>
        section.Equals(properties, StringComparison.OrdinalIgnoreCase) ? properties : section;

    private static void RefuseUnnamed(Fields fields, IReadOnlyList<RunParameter> parameters)
    {
        if (parameters.Any(parameter => parameter.Section.Length == 0 || parameter.Name.Length == 0))
        {
            fields.Refuse(Errors.InvalidField("hyperparams", "a section and a name for every parameter"));
        }
    }

    private static void RefuseAlso(Fields fields, Fields item)
    {
        if (item.Problem is { } problem)
        {
            fields.Refuse(problem);
        }
    }
}
