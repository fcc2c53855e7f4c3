using System.Globalization;
using Braid.Grpc.Statuses;
using Microsoft.AspNetCore.Http;

namespace Braid.Grpc.Hosting.Dispatch;

/// <summary>Ends a call with its status.</summary>
internal static class CallEnding
{
    public static async Task WriteAsync(HttpContext http, GrpcStatus status)
    {
        if (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (http.Response.HasStarted)
        {
            Put((name, value) => http.Response.AppendTrailer(name, value), status);
        }
        else if (status.IsOk)
        {
            // A stream of no messages still has headers first, then trailers.
            await http.Response.StartAsync();
            Put((name, value) => http.Response.AppendTrailer(name, value), status);
        }
        else
        {
            Put((name, value) => http.Response.Headers[name] = value, status);
        }

        await http.Response.CompleteAsync();
    }

    private static void Put(Action<string, string> put, GrpcStatus status)
    {
        put("grpc-status", ((int)status.Code).ToString(CultureInfo.InvariantCulture));
        if (status.Message.Length > 0)
        {
            put("grpc-message", PercentEncoding.Encode(status.Message));
        }

        if (status.Details.Count > 0)
        {
            put("grpc-status-details-bin", StatusDetails.Encode(status));
        }
    }
}
