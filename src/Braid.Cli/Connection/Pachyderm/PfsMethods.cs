using Braid.Grpc.Framing;
using Braid.Grpc.Methods;
using Braid.Protos.Pfs;
using Google.Protobuf.WellKnownTypes;
using FileInfo = Braid.Protos.Pfs.FileInfo;

namespace Braid.Cli.Connection.Pachyderm;

/// <summary>The calls of Pachyderm's file system that commands make.</summary>
internal static class PfsMethods
{
    private const string Service = "pfs_v2.API";

    public static readonly GrpcMethod<CreateRepoRequest, Empty> CreateRepo = new(
        Service,
        nameof(CreateRepo),
        CallKind.Unary,
        CreateRepoRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<InspectRepoRequest, RepoInfo> InspectRepo = new(
        Service,
        nameof(InspectRepo),
        CallKind.Unary,
        InspectRepoRequest.Parser,
        RepoInfo.Parser
    );

    public static readonly GrpcMethod<ListRepoRequest, RepoInfo> ListRepo = new(
        Service,
        nameof(ListRepo),
        CallKind.ServerStreaming,
        ListRepoRequest.Parser,
        RepoInfo.Parser
    );

    public static readonly GrpcMethod<DeleteRepoRequest, DeleteRepoResponse> DeleteRepo = new(
        Service,
        nameof(DeleteRepo),
        CallKind.Unary,
        DeleteRepoRequest.Parser,
        DeleteRepoResponse.Parser
    );

    public static readonly GrpcMethod<DeleteReposRequest, DeleteReposResponse> DeleteRepos = new(
        Service,
        nameof(DeleteRepos),
        CallKind.Unary,
        DeleteReposRequest.Parser,
        DeleteReposResponse.Parser
    );

    public static readonly GrpcMethod<StartCommitRequest, Commit> StartCommit = new(
        Service,
        nameof(StartCommit),
        CallKind.Unary,
        StartCommitRequest.Parser,
        Commit.Parser
    );

    public static readonly GrpcMethod<FinishCommitRequest, Empty> FinishCommit = new(
        Service,
        nameof(FinishCommit),
        CallKind.Unary,
        FinishCommitRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<ClearCommitRequest, Empty> ClearCommit = new(
        Service,
        nameof(ClearCommit),
        CallKind.Unary,
        ClearCommitRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<InspectCommitRequest, CommitInfo> InspectCommit = new(
        Service,
        nameof(InspectCommit),
        CallKind.Unary,
        InspectCommitRequest.Parser,
        CommitInfo.Parser
    );

    public static readonly GrpcMethod<ListCommitRequest, CommitInfo> ListCommit = new(
        Service,
        nameof(ListCommit),
        CallKind.ServerStreaming,
        ListCommitRequest.Parser,
        CommitInfo.Parser
    );

    public static readonly GrpcMethod<SubscribeCommitRequest, CommitInfo> SubscribeCommit = new(
        Service,
        nameof(SubscribeCommit),
        CallKind.ServerStreaming,
        SubscribeCommitRequest.Parser,
        CommitInfo.Parser
    );

    public static readonly GrpcMethod<InspectCommitSetRequest, CommitInfo> InspectCommitSet = new(
        Service,
        nameof(InspectCommitSet),
        CallKind.ServerStreaming,
        InspectCommitSetRequest.Parser,
        CommitInfo.Parser
    );

    public static readonly GrpcMethod<ListCommitSetRequest, CommitSetInfo> ListCommitSet = new(
        Service,
        nameof(ListCommitSet),
        CallKind.ServerStreaming,
        ListCommitSetRequest.Parser,
        CommitSetInfo.Parser
    );

    public static readonly GrpcMethod<SquashCommitSetRequest, Empty> SquashCommitSet = new(
        Service,
        nameof(SquashCommitSet),
        CallKind.Unary,
        SquashCommitSetRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<DropCommitSetRequest, Empty> DropCommitSet = new(
        Service,
        nameof(DropCommitSet),
        CallKind.Unary,
        DropCommitSetRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<SquashCommitRequest, SquashCommitResponse> SquashCommit = new(
        Service,
        nameof(SquashCommit),
        CallKind.Unary,
        SquashCommitRequest.Parser,
        SquashCommitResponse.Parser
    );

    public static readonly GrpcMethod<DropCommitRequest, DropCommitResponse> DropCommit = new(
        Service,
        nameof(DropCommit),
        CallKind.Unary,
        DropCommitRequest.Parser,
        DropCommitResponse.Parser
    );

    public static readonly GrpcMethod<FindCommitsRequest, FindCommitsResponse> FindCommits = new(
        Service,
        nameof(FindCommits),
        CallKind.ServerStreaming,
        FindCommitsRequest.Parser,
        FindCommitsResponse.Parser
    );

    public static readonly GrpcMethod<FsckRequest, FsckResponse> Fsck = new(
        Service,
        nameof(Fsck),
        CallKind.ServerStreaming,
        FsckRequest.Parser,
        FsckResponse.Parser
    );

    public static readonly GrpcMethod<CreateBranchRequest, Empty> CreateBranch = new(
        Service,
        nameof(CreateBranch),
        CallKind.Unary,
        CreateBranchRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<InspectBranchRequest, BranchInfo> InspectBranch = new(
        Service,
        nameof(InspectBranch),
        CallKind.Unary,
        InspectBranchRequest.Parser,
        BranchInfo.Parser
    );

    public static readonly GrpcMethod<ListBranchRequest, BranchInfo> ListBranch = new(
        Service,
        nameof(ListBranch),
        CallKind.ServerStreaming,
        ListBranchRequest.Parser,
        BranchInfo.Parser
    );

    public static readonly GrpcMethod<DeleteBranchRequest, Empty> DeleteBranch = new(
        Service,
        nameof(DeleteBranch),
        CallKind.Unary,
        DeleteBranchRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<ModifyFileRequest, Empty> ModifyFile = new(
        Service,
        nameof(ModifyFile),
        CallKind.ClientStreaming,
        ModifyFileRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<GetFileSetRequest, CreateFileSetResponse> GetFileSet = new(
        Service,
        nameof(GetFileSet),
        CallKind.Unary,
        GetFileSetRequest.Parser,
        CreateFileSetResponse.Parser
    );

    public static readonly GrpcMethod<ComposeFileSetRequest, CreateFileSetResponse> ComposeFileSet = new(
        Service,
        nameof(ComposeFileSet),
        CallKind.Unary,
        ComposeFileSetRequest.Parser,
        CreateFileSetResponse.Parser
    );

    public static readonly GrpcMethod<ModifyFileRequest, CreateFileSetResponse> CreateFileSet = new(
        Service,
        nameof(CreateFileSet),
        CallKind.ClientStreaming,
        ModifyFileRequest.Parser,
        CreateFileSetResponse.Parser
    );

    public static readonly GrpcMethod<RenewFileSetRequest, Empty> RenewFileSet = new(
        Service,
        nameof(RenewFileSet),
        CallKind.Unary,
        RenewFileSetRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<AddFileSetRequest, Empty> AddFileSet = new(
        Service,
        nameof(AddFileSet),
        CallKind.Unary,
        AddFileSetRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<GetFileRequest, BytesValue> GetFile = new(
        Service,
        nameof(GetFile),
        CallKind.ServerStreaming,
        GetFileRequest.Parser,
        BytesValue.Parser
    )
    {
        ResponseSplitter = BytesSplitter.Instance,
    };

    public static readonly GrpcMethod<GetFileRequest, BytesValue> GetFileTAR = new(
        Service,
        nameof(GetFileTAR),
        CallKind.ServerStreaming,
        GetFileRequest.Parser,
        BytesValue.Parser
    )
    {
        ResponseSplitter = BytesSplitter.Instance,
    };

    public static readonly GrpcMethod<InspectFileRequest, FileInfo> InspectFile = new(
        Service,
        nameof(InspectFile),
        CallKind.Unary,
        InspectFileRequest.Parser,
        FileInfo.Parser
    );

    public static readonly GrpcMethod<ListFileRequest, FileInfo> ListFile = new(
        Service,
        nameof(ListFile),
        CallKind.ServerStreaming,
        ListFileRequest.Parser,
        FileInfo.Parser
    );

    public static readonly GrpcMethod<WalkFileRequest, FileInfo> WalkFile = new(
        Service,
        nameof(WalkFile),
        CallKind.ServerStreaming,
        WalkFileRequest.Parser,
        FileInfo.Parser
    );

    public static readonly GrpcMethod<GlobFileRequest, FileInfo> GlobFile = new(
        Service,
        nameof(GlobFile),
        CallKind.ServerStreaming,
        GlobFileRequest.Parser,
        FileInfo.Parser
    );

    public static readonly GrpcMethod<DiffFileRequest, DiffFileResponse> DiffFile = new(
        Service,
        nameof(DiffFile),
        CallKind.ServerStreaming,
        DiffFileRequest.Parser,
        DiffFileResponse.Parser
    );

    public static readonly GrpcMethod<CreateProjectRequest, Empty> CreateProject = new(
        Service,
        nameof(CreateProject),
        CallKind.Unary,
        CreateProjectRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<InspectProjectV2Request, InspectProjectV2Response> InspectProjectV2 = new(
        Service,
        nameof(InspectProjectV2),
        CallKind.Unary,
        InspectProjectV2Request.Parser,
        InspectProjectV2Response.Parser
    );

    public static readonly GrpcMethod<ListProjectRequest, ProjectInfo> ListProject = new(
        Service,
        nameof(ListProject),
        CallKind.ServerStreaming,
        ListProjectRequest.Parser,
        ProjectInfo.Parser
    );

    public static readonly GrpcMethod<DeleteProjectRequest, Empty> DeleteProject = new(
        Service,
        nameof(DeleteProject),
        CallKind.Unary,
        DeleteProjectRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<Empty, Empty> DeleteAll = new(
        Service,
        nameof(DeleteAll),
        CallKind.Unary,
        Empty.Parser,
        Empty.Parser
    );
}
