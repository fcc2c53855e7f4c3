using Braid.Cli.CommandLine;
using Braid.Cli.Connection.Pachyderm;
using Braid.Protos.Metadata;

namespace Braid.Cli.Clusters;

/// <summary>Changes the metadata of things, all of them or none: four arguments for each change.</summary>
internal static class EditMetadata
{
    private const int WordsPerEdit = 4;

    public static Command Command { get; } =
        new Command(
            "edit metadata",
            "(cluster|project|repo|branch|commit) <name> (add|edit|delete|replace) <key=value> ...",
            "Change the metadata of things, all or nothing."
        )
        {
            Flags = [Flags.Project],
            RunAsync = RunAsync,
        }.Taking(WordsPerEdit, int.MaxValue);

    private static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        if (call.Arguments.Count % WordsPerEdit != 0)
        {
            throw new Failure("must supply arguments in multiples of 4");
        }

        var request = new EditMetadataRequest();
        request.Edits.AddRange(call.Arguments.Chunk(WordsPerEdit).Select(words => EditOf(call.Project, words)));
        await call.Pach.CallAsync(MetadataMethods.EditMetadata, request, ct);
        call.Error.WriteLine("ok");
        return 0;
    }

    private static Edit EditOf(string project, string[] words)
    {
        var edit = new Edit();
        Pickers.Set(edit, words[0], words[1], project);
        switch (words[2].ToLowerInvariant())
        {
            case "add":
                var (added, value) = KeyValues.One(words[3]);
                edit.AddKey = new() { Key = added, Value = value };
                break;
            case "edit":
                var (edited, changed) = KeyValues.One(words[3]);
                edit.EditKey = new() { Key = edited, Value = changed };
                break;
            case "delete":
                edit.DeleteKey = new() { Key = words[3] };
                break;
            case "replace":
                edit.Replace = new() { Replacement = { KeyValues.Many(words[3]) } };
                break;
            default:
                throw new Failure($"unknown operation \"{words[2]}\": add, edit, delete or replace");
        }

        return edit;
    }
}
