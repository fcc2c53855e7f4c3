using Braid.Access.Callers;
using Microsoft.AspNetCore.Http;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>One authenticated JSON call: who asks, for what, and the rooms behind the door.</summary>
internal sealed record Call(Caller Caller, Fields Fields, Rooms Rooms);

/// <summary>One authenticated call about bytes.</summary>
internal sealed record StreamCall(Caller Caller, HttpContext Http, Rooms Rooms);
