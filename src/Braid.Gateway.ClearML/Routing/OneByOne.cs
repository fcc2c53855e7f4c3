using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Gateway.ClearML.Requests;
using Braid.Primitives;

namespace Braid.Gateway.ClearML.Routing;

/// <summary>
/// The <c>..._many</c> forms: what an endpoint does to one thing, done to each of <c>ids</c> by itself. One that fails stops no
/// other; the reply says what became of each.
/// </summary>
internal static class OneByOne
{
    /// <param name="field">Where the endpoint for one thing looks for its id.</param>
    public static EndpointHandler Each(string field, EndpointHandler one) =>
        async (call, ct) =>
        {
            if (!call.Fields.Has("ids"))
            {
                return Errors.MissingField("ids");
            }

            var ids = call.Fields.Names("ids");
            if (call.Fields.Problem is { } problem)
            {
                return problem;
            }

            var reply = new BatchReply();
            foreach (var id in ids)
            {
                reply.Add(id, await one(call.With(field, id), ct));
            }

            return reply.ToData();
        };
}
