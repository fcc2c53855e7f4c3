using System.Globalization;
using System.Text.Json.Nodes;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;

namespace Braid.Cli.Integrity;

/// <summary>
/// Has the server read every stored byte, and names what damage touches. How far it is goes to standard error, what is wrong
/// to standard output.
/// </summary>
internal static class ScrubStore
{
    private const string wipe = "\r\e[K";

    private static readonly Flag after = Flags.Value(
        "after",
        null,
        "Go on after this pack, where a scrub was broken off."
    );
    private static readonly Flag rate = Flags.Value("rate", null, "Read at most this many MiB in a second.");
    private static readonly Flag look = Flags.Switch("look", null, "Look only: repair nothing, put no pack aside.");

    public static Command Command { get; } =
        new Command("scrub", "", "Read every stored byte, repair what has another copy, and name what is damaged.")
        {
            Flags = [after, rate, look, Flags.Raw],
            RunAsync = RunAsync,
        }.Taking(0);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        var last = call.Text(after);
        try
        {
            await foreach (var line in call.Web.LinesAsync(HttpMethod.Post, PathOf(call), ct))
            {
                last = Text(line, "pack") is { Length: > 0 } pack ? pack : last;
                Show(call, line);
                if (line["end"] is not null)
                {
                    return Number(line, "damaged") == 0 && Number(line, "lost") == 0 ? 0 : 1;
                }
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new Failure($"the scrub was broken off ({error.Message}){GoOn(last)}");
        }

        throw new Failure($"the scrub was broken off{GoOn(last)}");
    }

    private static string GoOn(string? last) => last is null ? "" : $": go on with braid scrub --after {last}";

    private static string PathOf(Invocation call)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"/api/scrub?rate={call.Number(rate, 0) << 20}");
        query += call.Has(look) ? "&repair=false" : "";
        return call.Text(after) is { } pack ? $"{query}&after={Uri.EscapeDataString(pack)}" : query;
    }

    private static void Show(Invocation call, JsonObject line)
    {
        if (call.Has(Flags.Raw))
        {
            call.Out.WriteLine(line.ToJsonString());
            return;
        }

        if (call.World.ShowsErrors)
        {
            call.Error.Write(wipe);
        }

        foreach (var text in TextsOf(line))
        {
            call.Out.WriteLine(text);
        }

        if (call.World.ShowsErrors && line["total"] is not null && line["end"] is null)
        {
            call.Error.Write($"{Sizes.Words(Number(line, "done"))} of {Sizes.Words(Number(line, "total"))} read");
        }
    }

    private static IEnumerable<string> TextsOf(JsonObject line)
    {
        if (Text(line, "failed") is { Length: > 0 } failed)
        {
            yield return $"Error: {failed}";
        }

        foreach (var damage in line["damages"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            var chunk = Text(damage, "chunk") is { Length: > 0 } hash ? $"chunk {hash}: " : "";
            yield return $"pack {Text(line, "pack")} at {Number(damage, "offset")}: {chunk}{Text(damage, "why")} ({Text(damage, "fate")})";
        }

        if (Text(line, "kept") is { Length: > 0 } kept)
        {
            yield return $"pack {Text(line, "pack")}: put aside as {kept}";
        }

        if (Text(line, "path") is { Length: > 0 } path)
        {
            yield return $"{Text(line, "kind")} {Text(line, "name")}: {path}: {Text(line, "why")}";
        }

        if (line["end"] is not null)
        {
            yield return Number(line, "damaged") > 0
                ? $"{Number(line, "damaged")} commits or other things are damaged: put their files again, or restore the store from a copy."
            : Number(line, "lost") > 0 ? $"{Number(line, "lost")} damaged places were left as they are."
            : Number(line, "repaired") > 0
                ? $"{Number(line, "repaired")} damaged places were found; nothing that anybody keeps is lost."
            : "No errors found.";
        }
    }

    private static string Text(JsonObject from, string name) => from[name]?.GetValue<string>() ?? "";

    private static long Number(JsonObject from, string name) => from[name]?.GetValue<long>() ?? 0;
}
