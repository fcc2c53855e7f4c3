using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Protos.Pfs;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Files;

/// <summary>Files as lines of a table, or as they came.</summary>
internal sealed class FileTable(Invocation call)
{
    private readonly RecordFormat? format = RecordFormat.Of(call);
    private readonly Table table = new(call.Out, "NAME", "TYPE", "SIZE");

    public async Task<int> WriteAsync(IAsyncEnumerable<FileInfo> files)
    {
        await foreach (var file in files)
        {
            format?.Print(file);
            table.Add(file.File.Path, TypeOf(file), Sizes.Words(file.SizeBytes));
        }

        if (format is null)
        {
            table.Finish();
        }

        return 0;
    }

    public static string TypeOf(FileInfo file) => file.FileType == FileType.Dir ? "dir" : "file";
}
