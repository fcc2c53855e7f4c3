using System.Text.Json.Serialization;

namespace Braid.Gateway.Web.People;

/// <summary>The question of <c>POST /api/users</c>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewUserBody(string Id, string Name, string? Email = null, bool Administrator = false);

/// <summary>The question of <c>PATCH /api/users/ID</c>; what is null stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UserBody(string? Name = null, bool? Administrator = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NewUserBody))]
[JsonSerializable(typeof(UserBody))]
internal sealed partial class UserBodies : JsonSerializerContext;
