using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Protos.Pfs;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Files;

/// <summary>
/// Files as lines, or as they came. The lines are not a table: each is written as it arrives, size and name with a tab
/// between, so that a directory of any length begins at once.
/// </summary>
internal sealed class FileTable(Invocation call)
{
    /// <summary>The padding leaves room for sizes such as <c>1023KiB</c>.</summary>
    public const string Header = "SIZE   \tNAME\n";

    private readonly RecordFormat? format = RecordFormat.Of(call);

    public async Task<int> WriteAsync(IAsyncEnumerable<FileInfo> files)
    {
        var hasHeader = format is not null;
        await foreach (var file in files)
        {
            WriteHeader(ref hasHeader);
            if (format is not null)
            {
                format.Print(file);
            }
            else
            {
                call.Out.Write(LineOf(file));
            }
        }

        WriteHeader(ref hasHeader);
        return 0;
    }

    public static string LineOf(FileInfo file) => $"{Sizes.Words(file.SizeBytes)}\t{file.File.Path}\n";

    public static string TypeOf(FileInfo file) => file.FileType == FileType.Dir ? "dir" : "file";

    /// <summary>Only when the first file has come: a refused call prints nothing but its message.</summary>
    private void WriteHeader(ref bool isWritten)
    {
        call.Out.Write(isWritten ? "" : Header);
        isWritten = true;
    }
}
