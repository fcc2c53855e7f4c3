using System.Text.Json.Nodes;
using Braid.Primitives;

namespace Braid.Pipelines.Specs.OldForms;

/// <summary>Inputs as Pachyderm 1.x wrote them: <c>atom</c> for <c>pfs</c>, a list <c>inputs</c> for a cross.</summary>
internal static class OldInput
{
    private static readonly string[] combinations = ["cross", "union", "join", "group"];

    public static Error? Translate(JsonObject spec, List<string> warnings)
    {
        if (OldSpec.TryTake(spec, "inputs", out var list) && list is JsonArray inputs)
        {
            spec["input"] = OfList(inputs);
            warnings.Add("inputs is input now, with a cross of what the list has");
        }

        return spec["input"] is JsonObject input ? TranslateInput(input, warnings) : null;
    }

    private static JsonObject OfList(JsonArray inputs)
    {
        JsonNode[] leaves = [.. inputs.OfType<JsonObject>().Select(OfListed)];
        return leaves is [JsonObject one] ? one : new JsonObject { ["cross"] = new JsonArray(leaves) };
    }

    /// <summary>What named a repo was a message then; a method said how its files are cut, which globs do now.</summary>
    private static JsonObject OfListed(JsonObject listed)
    {
        var pfs = listed.DeepClone().AsObject();
        foreach (var gone in (string[])["method", "runEmpty", "fromCommit"])
        {
            OldSpec.TryTake(pfs, gone, out _);
        }

        if (pfs["repo"] is JsonObject repo)
        {
            pfs["repo"] = repo["name"]?.DeepClone();
        }

        pfs["glob"] ??= "/";
        return new() { ["pfs"] = pfs };
    }

    private static Error? TranslateInput(JsonObject input, List<string> warnings)
    {
        if (input.ContainsKey("git"))
        {
            return Errors.GitInput();
        }

        if (input.Remove("atom", out var atom))
        {
            if (atom is JsonObject leaf)
            {
                OldSpec.TryTake(leaf, "fromCommit", out _);
            }

            input["pfs"] = atom;
            warnings.Add("input.atom is input.pfs now");
        }

        return combinations
            .Select(kind => input[kind])
            .OfType<JsonArray>()
            .SelectMany(parts => parts.OfType<JsonObject>())
            .Select(part => TranslateInput(part, warnings))
            .FirstOrDefault(refused => refused is not null);
    }
}
