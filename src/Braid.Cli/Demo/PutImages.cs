using Braid.Cli.Servers;

namespace Braid.Cli.Demo;

/// <summary>The data arrives: one commit.</summary>
internal static class PutImages
{
    public const int Files = 60;

    public static string Folder => Path.Combine(Programs.Checkout, "examples", "digits");

    public static async Task TellAsync(Stage stage, Facts facts, CancellationToken ct)
    {
        stage.Title("a. The data: 1,797 handwritten digits in 60 files become one commit");
        await stage.RunAsync(["create", "repo", "digits"], ct);
        await stage.RunAsync(["put", "file", "-r", "digits@master:/", "-f", Path.Combine(Folder, "images")], ct);
        await stage.RunAsync(["list", "commit", "digits@master"], ct);

        var files = await facts.FilesAsync("digits@master", ct);
        Stage.Check(files.Count == Files, $"the commit holds {files.Count} files, not {Files}");
        Stage.Check(await facts.CommitsOfAsync("digits", ct) == 1, "putting the files made more than one commit");
        stage.Say($"{files.Count} files, {files.Sum(file => file.SizeBytes):N0} bytes, in one commit.");
    }
}
