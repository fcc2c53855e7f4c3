using Braid.Primitives;

namespace Braid.Pipelines.Specs;

/// <summary>Reads a pipeline spec from protobuf JSON (camelCase or snake_case names) and checks it.</summary>
public static class SpecReader
{
    /// <summary>The spec of one <c>CreatePipelineRequest</c> document, defaults filled in; or what is wrong with it.</summary>
    public static Result<PipelineSpec> Read(string json) => throw new NotImplementedException(json);
}
