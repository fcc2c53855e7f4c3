using Braid.Grpc.Hosting.Calls;
using Braid.Grpc.Statuses;
using Microsoft.AspNetCore.Http;

namespace Braid.Grpc.Hosting.Dispatch;

/// <summary>Reads the requests of one call, answers them, and says how it ended.</summary>
internal delegate Task<GrpcStatus> CallHandler(HttpContext http, ServerCall call, CancellationToken ct);
