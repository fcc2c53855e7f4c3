using System.Globalization;
using Braid.Compute.Processes;

namespace Braid.Compute.Sessions;

/// <summary>
/// One stream of a session: hands a command's lines over until the mark that ends it. The mark comes on a line of its own,
/// after a newline that may make an empty line of nothing, so an empty line waits for the next one.
/// </summary>
internal sealed class SessionOutput(Stream stream, bool isError, string mark)
{
    private readonly byte[] buffer = new byte[16 * 1024];
    private readonly LineSplitter splitter = new(LineSplitter.DefaultLongest);
    private bool emptyWaits;

    /// <summary>What the shell wrote behind the mark, the exit code; null when the stream ended without it.</summary>
    public async Task<int?> ReadAsync(Func<OutputLine, ValueTask> output)
    {
        for (int read; (read = await stream.ReadAsync(buffer)) > 0; )
        {
            foreach (var line in splitter.Add(buffer.AsSpan(0, read)))
            {
                if (line.StartsWith(mark, StringComparison.Ordinal))
                {
                    emptyWaits = false;
                    return int.TryParse(line.AsSpan(mark.Length), CultureInfo.InvariantCulture, out var code)
                        ? code
                        : 0;
                }

                await HandOverAsync(line, output);
            }
        }

        foreach (var line in splitter.End())
        {
            await HandOverAsync(line, output);
        }

        return null;
    }

    private async ValueTask HandOverAsync(string line, Func<OutputLine, ValueTask> output)
    {
        if (emptyWaits)
        {
            await output(new(isError, ""));
        }

        emptyWaits = line.Length == 0;
        if (!emptyWaits)
        {
            await output(new(isError, line));
        }
    }
}
