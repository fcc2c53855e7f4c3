using System.Runtime.CompilerServices;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Pipelines.Logs;
using Braid.Protos.Logs;
using LogFilter = Braid.Pipelines.Logs.LogFilter;

namespace Braid.Gateway.Pachyderm.Logs;

/// <summary>A query of <c>logs.API</c> that was read, and how it is answered: the lines, then where to go on.</summary>
internal sealed record LogQuery(GetLogsRequest Request, LogWindow Window, JobLogSearch Search)
{
    private ulong Limit => Request.Filter?.Limit ?? 0;

    public Answers<GetLogsResponse> Answer(IAsyncEnumerable<JobLogLine> lines, CancellationToken ct) =>
        new(AnswerAsync(lines, ct));

    /// <summary>Without an end, so without a hint where to go on.</summary>
    public Answers<GetLogsResponse> AnswerTail(IAsyncEnumerable<JobLogLine> lines)
    {
        var wanted = lines.Where(line =>
            Search.Sources.Contains(line.Source)
            && (!Search.ErrorsOnly || line.Level == "ERROR")
            && (Search.Pattern is null || Search.Pattern.IsMatch(line.Message) != Search.Negate)
        );
        return new(
            (Limit > 0 ? wanted.Take((int)Math.Min(Limit, int.MaxValue)) : wanted).Select(LogMessages.ToResponse)
        );
    }

    /// <summary>The lines of one pipeline can be followed.</summary>
    public Result<LogFilter> ToFilter() =>
        Search.Pipeline is { } pipeline
            ? new LogFilter
            {
                Pipeline = pipeline,
                Job = Search.Job,
                Datum = Search.Datum,
                Follow = true,
                Master = Search.Sources is [Braid.Tracking.Logs.LogSource.Server],
                Since = Window.Latest - Window.Earliest,
            }
            : Errors.NotSupported("tailing anything but one pipeline");

    private async IAsyncEnumerable<GetLogsResponse> AnswerAsync(
        IAsyncEnumerable<JobLogLine> lines,
        [EnumeratorCancellation] CancellationToken ct
    )
    {
        var (told, at, ofIt) = (0UL, Window.From, 0UL);
        await foreach (var line in lines.WithCancellation(ct))
        {
            (at, ofIt) = line.At == at ? (at, ofIt + 1) : (line.At, 1);
            if (at == Window.From && ofIt <= Window.Offset)
            {
                continue;
            }

            yield return LogMessages.ToResponse(line);
            if (++told == Limit)
            {
                break;
            }
        }

        if (Request.WantPagingHint)
        {
            yield return new()
            {
                PagingHint = Hint(told > 0 && told == Limit ? Window.After(at, ofIt) : Window.Onward),
            };
        }
    }

    private PagingHint Hint(LogWindow onward)
    {
        var (next, previous) = (At(onward), At(Window.Before));
        return Window.IsBackward ? new() { Older = next, Newer = previous } : new() { Older = previous, Newer = next };
    }

    private GetLogsRequest At(LogWindow window)
    {
        var request = Request.Clone();
        request.Filter ??= new();
        request.Filter.TimeRange = window.ToWire();
        return request;
    }
}
