using System.Text;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Logs;
using Braid.Protos.Logs;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Logs;

/// <summary>Lines of logs on the wire.</summary>
internal static class LogMessages
{
    public static Pps.LogMessage ToWire(this JobLogLine line) =>
        new()
        {
            ProjectName = line.Pipeline.Project,
            PipelineName = line.Pipeline.Name,
            JobId = line.Job,
            WorkerId = line.Worker,
            DatumId = line.Datum,
            Master = line.IsMaster,
            User = line.IsUser,
            Ts = line.At.ToWire(),
            Message = line.Message,
        };

    public static GetLogsResponse ToResponse(JobLogLine line) =>
        new()
        {
            Log = new()
            {
                Verbatim = new()
                {
                    Line = ByteString.CopyFrom(Encoding.UTF8.GetBytes(line.Message)),
                    Timestamp = line.At.ToWire(),
                },
                NativeTimestamp = line.At.ToWire(),
                PpsLogMessage = line.ToWire(),
            },
        };
}
