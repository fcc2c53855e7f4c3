using Braid.Access.Callers;
using Braid.Data.Annotations;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Protos.Metadata;

namespace Braid.Gateway.Pachyderm.Metadata;

/// <summary>The call that edits what people attach to things.</summary>
internal sealed class MetadataCalls(DataAnnotations annotations)
{
    public void Map(CallTable table) =>
        table.Unary<EditMetadataRequest, EditMetadataResponse>(
            "metadata.API",
            "EditMetadata",
            EditAsync,
            CallState.Partly
        );

    private async Task<Result<EditMetadataResponse>> EditAsync(
        Caller caller,
        EditMetadataRequest request,
        CancellationToken ct
    )
    {
        var edits = new List<(AnnotationTarget, AnnotationEdit)>();
        foreach (var edit in request.Edits)
        {
            if (!Target(edit).TryGet(out var target, out var error))
            {
                return error;
            }

            if (!Change(edit).TryGet(out var change, out error))
            {
                return error;
            }

            edits.Add((target, change));
        }

        return (await annotations.EditAsync(caller, edits, ct)).Select(_ => new EditMetadataResponse());
    }

    private static Result<AnnotationTarget> Target(Edit edit) =>
        edit.TargetCase switch
        {
            Edit.TargetOneofCase.Cluster => new AnnotationTarget.Cluster(),
            Edit.TargetOneofCase.Project => Pickers
                .Project(edit.Project)
                .Select<AnnotationTarget>(name => new AnnotationTarget.Project(name)),
            Edit.TargetOneofCase.Repo => Pickers
                .Repo(edit.Repo)
                .Select<AnnotationTarget>(name => new AnnotationTarget.Repo(name)),
            Edit.TargetOneofCase.Branch => Pickers
                .Branch(edit.Branch)
                .Select<AnnotationTarget>(name => new AnnotationTarget.Branch(name)),
            Edit.TargetOneofCase.Commit => Pickers
                .Commit(edit.Commit)
                .Select<AnnotationTarget>(at => new AnnotationTarget.Commit(at.Repo, at.Spec)),
            Edit.TargetOneofCase.Pipeline => Errors.NotSupported("metadata of a pipeline"),
            _ => Errors.NothingToEdit(),
        };

    private static Result<AnnotationEdit> Change(Edit edit) =>
        edit.OpCase switch
        {
            Edit.OpOneofCase.Replace => new AnnotationEdit.Replace(edit.Replace.Replacement),
            Edit.OpOneofCase.AddKey => new AnnotationEdit.Add(edit.AddKey.Key, edit.AddKey.Value),
            Edit.OpOneofCase.EditKey => new AnnotationEdit.Set(edit.EditKey.Key, edit.EditKey.Value),
            Edit.OpOneofCase.DeleteKey => new AnnotationEdit.Delete(edit.DeleteKey.Key),
            _ => Errors.NothingToEdit(),
        };
}
