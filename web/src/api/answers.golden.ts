// Written by tests/Braid.Gateway.Web.Tests (./build golden): what the server answers.
import type { AuditPage, Installation, KeyList, Person } from "./admin.ts";
import type { ComparedRun } from "./compare.ts";
import type { Changes, CommitDetails, CommitPage, Listing, PathHistory, RepoDetails, RepoList } from "./data.ts";
import type { FindingList } from "./finding.ts";
import type { JobDetails, JobList } from "./jobs.ts";
import type { Me } from "./me.ts";
import type { PipelineDetails, PipelineList } from "./pipelines.ts";
import type { Curve, FileList, LogSlice, Metric, RunDetails } from "./run.ts";
import type { ProjectSummary, RunKeys, RunPage } from "./runs.ts";
import type { FilledQueue, Queue } from "./shares.ts";
import type { SpaceUse, SweepState } from "./space.ts";

/** /api/runs?column=metrics.loss&column=params.lr&limit=2 */
export const answer1: RunPage = {
  "runs": [
    {
      "id": "ID",
      "name": "child",
      "project": "Default",
      "type": "training",
      "status": "completed",
      "statusReason": "",
      "statusMessage": "",
      "parent": "ID",
      "user": "braid",
      "created": "2026-01-31T09:00:00Z",
      "started": "2026-01-31T09:00:00Z",
      "completed": "2026-01-31T09:00:00Z",
      "lastIteration": 1,
      "labels": [],
      "archived": false,
      "cells": {
        "metrics.loss": 1,
        "params.lr": "0.1"
      }
    },
    {
      "id": "ID",
      "name": "parent",
      "project": "Default",
      "type": "training",
      "status": "queued",
      "statusReason": "",
      "statusMessage": "",
      "parent": null,
      "user": "braid",
      "created": "2026-01-31T09:00:00Z",
      "started": "2026-01-31T09:00:00Z",
      "completed": null,
      "lastIteration": 1,
      "labels": [
        "best"
      ],
      "archived": false,
      "cells": {
        "metrics.loss": 1,
        "params.lr": "0.1"
      }
    }
  ],
  "next": "2"
};

/** /api/runs/columns */
export const answer2: RunKeys = {
  "params": [
    "Args/depth",
    "lr"
  ],
  "metrics": [
    "loss"
  ]
};

/** /api/runs/ID */
export const answer3: RunDetails = {
  "run": {
    "id": "ID",
    "name": "child",
    "project": "Default",
    "type": "training",
    "status": "completed",
    "statusReason": "",
    "statusMessage": "",
    "parent": "ID",
    "user": "braid",
    "created": "2026-01-31T09:00:00Z",
    "started": "2026-01-31T09:00:00Z",
    "completed": "2026-01-31T09:00:00Z",
    "lastIteration": 1,
    "labels": [],
    "archived": false
  },
  "comment": "",
  "worker": "",
  "parameters": [
    {
      "section": "Args",
      "name": "depth",
      "value": "5"
    },
    {
      "section": "General",
      "name": "lr",
      "value": "0.1"
    }
  ],
  "tags": [],
  "script": null,
  "container": null,
  "configuration": null,
  "runtime": null,
  "inputs": [],
  "datasets": [],
  "job": null,
  "outputs": [],
  "models": [],
  "loaded": [],
  "children": []
};

/** /api/runs/ID/metrics */
export const answer4: { metrics: Metric[] } = {
  "metrics": [
    {
      "key": "loss",
      "count": 1,
      "last": 1,
      "lastStep": 1,
      "min": 1,
      "max": 1
    }
  ]
};

/** /api/curves?run=ID&key=loss */
export const answer5: { curves: Curve[] } = {
  "curves": [
    {
      "run": "ID",
      "key": "loss",
      "x": [
        1,
        1
      ],
      "y": [
        1,
        1
      ]
    }
  ]
};

/** /api/runs/ID/log?from=0 */
export const answer6: LogSlice = {
  "total": 1,
  "lines": [
    {
      "number": 1,
      "time": 1,
      "worker": "",
      "level": "",
      "abandoned": false,
      "text": "begins"
    }
  ]
};

/** /api/runs/ID/files */
export const answer7: FileList = {
  "files": [
    {
      "name": "notes.txt",
      "path": "notes.txt",
      "isFolder": false,
      "size": 1,
      "modified": "2026-01-31T09:00:00Z"
    }
  ],
  "artifacts": []
};

/** /api/projects */
export const answer8: { projects: ProjectSummary[] } = {
  "projects": [
    {
      "name": "Default",
      "runs": 1
    },
    {
      "name": "default",
      "runs": 1
    }
  ]
};

/** /api/find?q=edges */
export const answer9: FindingList = {
  "found": [
    {
      "kind": "run",
      "path": "/runs/ID",
      "title": "edges",
      "hint": "ID"
    },
    {
      "kind": "pipeline",
      "path": "/pipelines/default/edges",
      "title": "edges",
      "hint": "default"
    }
  ]
};

/** /api/data/repos */
export const answer10: RepoList = {
  "repos": [
    {
      "project": "default",
      "name": "edges",
      "description": "Output repo for pipeline default/edges.",
      "role": "",
      "created": "2026-01-31T09:00:00Z",
      "branches": 1,
      "size": 1,
      "lastCommit": "2026-01-31T09:00:00Z"
    },
    {
      "project": "default",
      "name": "images",
      "description": "",
      "role": "",
      "created": "2026-01-31T09:00:00Z",
      "branches": 1,
      "size": 1,
      "lastCommit": "2026-01-31T09:00:00Z"
    }
  ],
  "count": 1,
  "projects": [
    "default"
  ],
  "mayWrite": true
};

/** /api/data/repos/default/images */
export const answer11: RepoDetails = {
  "repo": {
    "project": "default",
    "name": "images",
    "description": "",
    "role": "",
    "created": "2026-01-31T09:00:00Z",
    "branches": 1,
    "size": 1
  },
  "branches": [
    {
      "name": "master",
      "head": {
        "id": "ID",
        "branch": "master",
        "state": "finished",
        "error": "",
        "message": "",
        "parent": null,
        "started": "2026-01-31T09:00:00Z",
        "by": "braid",
        "finished": "2026-01-31T09:00:00Z",
        "size": 1,
        "files": 1,
        "isOutput": false,
        "job": null
      },
      "created": "2026-01-31T09:00:00Z",
      "createdBy": "braid",
      "madeFrom": [],
      "makes": [
        "default/edges@master",
        "default/edges.meta@master"
      ],
      "trigger": null
    }
  ],
  "mayWrite": true
};

/** /api/data/repos/default/images/commits */
export const answer12: CommitPage = {
  "commits": [
    {
      "id": "ID",
      "branch": "master",
      "state": "finished",
      "error": "",
      "message": "",
      "parent": null,
      "started": "2026-01-31T09:00:00Z",
      "by": "braid",
      "finished": "2026-01-31T09:00:00Z",
      "size": 1,
      "files": 1,
      "isOutput": false,
      "job": null
    }
  ],
  "next": null
};

/** /api/data/repos/default/images/commits/ID */
export const answer13: CommitDetails = {
  "commit": {
    "id": "ID",
    "branch": "master",
    "state": "finished",
    "error": "",
    "message": "",
    "parent": null,
    "started": "2026-01-31T09:00:00Z",
    "by": "braid",
    "finished": "2026-01-31T09:00:00Z",
    "size": 1,
    "files": 1,
    "isOutput": false,
    "job": null
  },
  "madeFrom": [],
  "makes": [
    {
      "project": "default",
      "repo": "edges",
      "branch": "",
      "commit": "ID"
    },
    {
      "project": "default",
      "repo": "edges.meta",
      "branch": "",
      "commit": "ID"
    }
  ],
  "readBy": [
    {
      "id": "ID",
      "name": "edges",
      "project": "",
      "type": "data_processing",
      "status": "queued",
      "statusReason": "",
      "statusMessage": "",
      "parent": null,
      "user": "braid",
      "created": "2026-01-31T09:00:00Z",
      "started": null,
      "completed": null,
      "lastIteration": 1,
      "labels": [],
      "archived": false
    }
  ],
  "mayWrite": true
};

/** /api/data/repos/default/images/commits/ID/files */
export const answer14: Listing = {
  "entry": {
    "name": "",
    "isFolder": true,
    "size": 1,
    "files": 1,
    "hash": "ID"
  },
  "commit": {
    "id": "ID",
    "branch": "master",
    "state": "finished",
    "error": "",
    "message": "",
    "parent": null,
    "started": "2026-01-31T09:00:00Z",
    "by": "braid",
    "finished": "2026-01-31T09:00:00Z",
    "size": 1,
    "files": 1,
    "isOutput": false,
    "job": null
  },
  "total": 1,
  "isCut": false,
  "children": [
    {
      "name": "file",
      "isFolder": false,
      "size": 1,
      "files": 1,
      "hash": "ID"
    }
  ]
};

/** /api/data/repos/default/images/commits/ID/changes */
export const answer15: Changes = {
  "old": null,
  "new": {
    "id": "ID",
    "branch": "master",
    "state": "finished",
    "error": "",
    "message": "",
    "parent": null,
    "started": "2026-01-31T09:00:00Z",
    "by": "braid",
    "finished": "2026-01-31T09:00:00Z",
    "size": 1,
    "files": 1,
    "isOutput": false,
    "job": null
  },
  "added": 1,
  "removed": 1,
  "changed": 1,
  "isCut": false,
  "changes": [
    {
      "path": "/file",
      "oldSize": null,
      "newSize": 1
    }
  ]
};

/** /api/data/repos/default/images/commits/ID/history?path=/file */
export const answer16: PathHistory = {
  "changes": [
    {
      "commit": {
        "id": "ID",
        "branch": "master",
        "state": "finished",
        "error": "",
        "message": "",
        "parent": null,
        "started": "2026-01-31T09:00:00Z",
        "by": "braid",
        "finished": "2026-01-31T09:00:00Z",
        "size": 1,
        "files": 1,
        "isOutput": false,
        "job": null
      },
      "size": 1
    }
  ],
  "next": null
};

/** /api/pipelines */
export const answer17: PipelineList = {
  "projects": [
    "default"
  ],
  "count": 1,
  "pipelines": [
    {
      "project": "default",
      "name": "edges",
      "version": 1,
      "state": "running",
      "reason": "",
      "kind": "transform",
      "description": "finds edges",
      "created": "2026-01-31T09:00:00Z",
      "updated": "2026-01-31T09:00:00Z",
      "branch": "master",
      "inputs": [
        {
          "name": "images",
          "project": "default",
          "repo": "images",
          "branch": "master",
          "glob": "/*",
          "cron": null
        }
      ],
      "job": {
        "id": "ID",
        "run": "ID",
        "state": "starting",
        "reason": "",
        "progress": {
          "processed": 1,
          "skipped": 1,
          "failed": 1,
          "recovered": 1,
          "total": 1
        },
        "created": "2026-01-31T09:00:00Z",
        "started": null,
        "finished": null
      },
      "unfinished": 1,
      "behindSince": "2026-01-31T09:00:00Z",
      "failedInARow": 1
    },
    {
      "project": "default",
      "name": "montage",
      "version": 1,
      "state": "running",
      "reason": "",
      "kind": "transform",
      "description": "",
      "created": "2026-01-31T09:00:00Z",
      "updated": "2026-01-31T09:00:00Z",
      "branch": "master",
      "inputs": [
        {
          "name": "edges",
          "project": "default",
          "repo": "edges",
          "branch": "master",
          "glob": "/",
          "cron": null
        },
        {
          "name": "tick",
          "project": "default",
          "repo": "montage_tick",
          "branch": "master",
          "glob": "/*",
          "cron": "@never"
        }
      ],
      "job": {
        "id": "ID",
        "run": "ID",
        "state": "created",
        "reason": "",
        "progress": {
          "processed": 1,
          "skipped": 1,
          "failed": 1,
          "recovered": 1,
          "total": 1
        },
        "created": "2026-01-31T09:00:00Z",
        "started": null,
        "finished": null
      },
      "unfinished": 1,
      "behindSince": "2026-01-31T09:00:00Z",
      "failedInARow": 1
    }
  ]
};

/** /api/pipelines/default/edges */
export const answer18: PipelineDetails = {
  "project": "default",
  "name": "edges",
  "version": 1,
  "state": "running",
  "reason": "",
  "kind": "transform",
  "description": "finds edges",
  "created": "2026-01-31T09:00:00Z",
  "updated": "2026-01-31T09:00:00Z",
  "branch": "master",
  "inputs": [
    {
      "name": "images",
      "project": "default",
      "repo": "images",
      "branch": "master",
      "glob": "/*",
      "cron": null
    }
  ],
  "createdBy": "anonymous",
  "parallelism": 1,
  "spec": {
    "pipeline": {
      "project": {
        "name": "default"
      },
      "name": "edges"
    },
    "description": "finds edges",
    "transform": {
      "cmd": [
        "true"
      ],
      "image": "ubuntu:20.04"
    },
    "input": {
      "pfs": {
        "repo": "images",
        "glob": "/*",
        "name": "images",
        "project": "default",
        "repoType": "user",
        "branch": "master"
      }
    },
    "outputBranch": "master",
    "reprocessSpec": "until_success",
    "datumTries": 1
  },
  "userSpec": {
    "pipeline": {
      "name": "edges"
    },
    "description": "finds edges",
    "transform": {
      "cmd": [
        "true"
      ]
    },
    "input": {
      "pfs": {
        "repo": "images",
        "glob": "/*"
      }
    }
  },
  "address": null,
  "warnings": [],
  "newest": 1,
  "versions": [
    {
      "version": 1,
      "made": "2026-01-31T09:00:00Z",
      "commit": "ID"
    }
  ]
};

/** /api/pipelines/default/edges/jobs */
export const answer19: JobList = {
  "jobs": [
    {
      "id": "ID",
      "run": "ID",
      "state": "starting",
      "reason": "",
      "progress": {
        "processed": 1,
        "skipped": 1,
        "failed": 1,
        "recovered": 1,
        "total": 1
      },
      "created": "2026-01-31T09:00:00Z",
      "started": null,
      "finished": null,
      "project": "default",
      "pipeline": "edges",
      "version": 1,
      "restarts": 1
    }
  ],
  "next": null
};

/** /api/pipelines/default/edges/jobs/ID */
export const answer20: JobDetails = {
  "id": "ID",
  "run": "ID",
  "state": "starting",
  "reason": "",
  "progress": {
    "processed": 1,
    "skipped": 1,
    "failed": 1,
    "recovered": 1,
    "total": 1
  },
  "created": "2026-01-31T09:00:00Z",
  "started": null,
  "finished": null,
  "project": "default",
  "pipeline": "edges",
  "version": 1,
  "restarts": 1,
  "branch": "master",
  "stats": {
    "downloadSeconds": 1,
    "processSeconds": 1,
    "uploadSeconds": 1,
    "downloadBytes": 1,
    "uploadBytes": 1
  },
  "inputs": [
    {
      "name": "images",
      "repo": "default/images",
      "branch": "master",
      "commit": "ID"
    }
  ],
  "workers": [],
  "set": [
    {
      "id": "ID",
      "run": "ID",
      "state": "starting",
      "reason": "",
      "progress": {
        "processed": 1,
        "skipped": 1,
        "failed": 1,
        "recovered": 1,
        "total": 1
      },
      "created": "2026-01-31T09:00:00Z",
      "started": null,
      "finished": null,
      "project": "default",
      "pipeline": "edges",
      "version": 1,
      "restarts": 1
    }
  ]
};

/** /api/queues */
export const answer21: { queues: Queue[] } = {
  "queues": [
    {
      "id": "ID",
      "name": "gpu",
      "title": "",
      "share": null,
      "waiting": 1
    }
  ]
};

/** /api/queues/ID */
export const answer22: FilledQueue = {
  "id": "ID",
  "name": "gpu",
  "title": "",
  "share": null,
  "waiting": 1,
  "entries": [
    {
      "run": "ID",
      "added": "2026-01-31T09:00:00Z",
      "name": "parent",
      "project": "Default",
      "user": "braid",
      "message": ""
    }
  ]
};

/** /api/space */
export const answer23: SpaceUse = {
  "repos": [
    {
      "project": "default",
      "repo": "default/montage.spec",
      "bytes": 1
    },
    {
      "project": "default",
      "repo": "default/edges.spec",
      "bytes": 1
    }
  ],
  "runs": [
    {
      "project": "Default",
      "user": "braid",
      "files": 1,
      "bytes": 1
    }
  ],
  "chunks": 1
};

/** /api/gc */
export const answer24: SweepState = {
  "phase": "idle",
  "since": "2026-01-31T09:00:00Z",
  "oldest_writer": null,
  "applied": null,
  "ended": null,
  "failure": null,
  "freed_bytes": null,
  "deleted_packs": null,
  "rewritten_packs": null,
  "continues": null
};

/** /api/me */
export const answer25: Me = {
  "user": "anonymous",
  "signed_in": false,
  "administrator": true,
  "version": "1.0.0"
};

/** /api/users */
export const answer26: { users: Person[] } = {
  "users": [
    {
      "id": "admin",
      "name": "admin",
      "email": null,
      "administrator": true,
      "builtIn": true,
      "created": "2026-01-31T09:00:00Z"
    },
    {
      "id": "anonymous",
      "name": "anonymous",
      "email": null,
      "administrator": true,
      "builtIn": true,
      "created": "2026-01-31T09:00:00Z"
    }
  ]
};

/** /api/keys */
export const answer27: KeyList = {
  "user": "anonymous",
  "signed_in": false,
  "most": 1,
  "keys": [
    {
      "access_key": "KEY",
      "label": "laptop",
      "created": "2026-01-31T09:00:00Z",
      "last_used": null,
      "last_used_from": "",
      "is_of_installation": false
    }
  ]
};

/** /api/audit?user=anonymous&limit=1 */
export const answer28: AuditPage = {
  "entries": [
    {
      "number": 1,
      "at": "2026-01-31T09:00:00Z",
      "user": "anonymous",
      "door": "web",
      "address": "127.0.0.1",
      "action": "key.create",
      "target": "KEY",
      "details": "laptop",
      "outcome": ""
    }
  ],
  "next": "3"
};

/** /api/installation */
export const answer29: Installation = {
  "id": "0123",
  "version": "1.0.0",
  "databaseMs": 1,
  "chunks": 1,
  "agents": 1,
  "agentsAlive": 1,
  "reclaiming": "idle",
  "reclaimFailure": null,
  "doors": [
    {
      "name": "web",
      "url": "http://127.0.0.1:8080"
    }
  ],
  "settings": [
    {
      "flag": "--bind",
      "variable": "BRAID_BIND",
      "value": "127.0.0.1",
      "source": "default",
      "help": "the IP address to listen on"
    }
  ]
};

/** /api/compare?run=ID&run=ID */
export const answer30: { runs: ComparedRun[] } = {
  "runs": [
    {
      "run": {
        "id": "ID",
        "name": "train",
        "project": "team",
        "type": "training",
        "status": "queued",
        "statusReason": "",
        "statusMessage": "",
        "parent": null,
        "user": "braid",
        "created": "2026-01-31T09:00:00Z",
        "started": null,
        "completed": null,
        "lastIteration": 1,
        "labels": [],
        "archived": false
      },
      "comment": "",
      "worker": "",
      "parameters": [],
      "tags": [],
      "script": null,
      "container": null,
      "configuration": null,
      "runtime": null,
      "metrics": [],
      "datasets": [],
      "inputModels": [],
      "inputs": [
        {
          "name": "images",
          "repo": "default/images",
          "branch": "master",
          "commit": "ID",
          "hash": "ID",
          "files": 1,
          "size": 1
        }
      ],
      "spent": {
        "project": "team",
        "gpuHours": 1,
        "cpuHours": 1
      }
    },
    {
      "run": {
        "id": "ID",
        "name": "child",
        "project": "Default",
        "type": "training",
        "status": "completed",
        "statusReason": "",
        "statusMessage": "",
        "parent": "ID",
        "user": "braid",
        "created": "2026-01-31T09:00:00Z",
        "started": "2026-01-31T09:00:00Z",
        "completed": "2026-01-31T09:00:00Z",
        "lastIteration": 1,
        "labels": [],
        "archived": false
      },
      "comment": "",
      "worker": "",
      "parameters": [
        {
          "section": "Args",
          "name": "depth",
          "value": "5"
        },
        {
          "section": "General",
          "name": "lr",
          "value": "0.1"
        }
      ],
      "tags": [],
      "script": null,
      "container": null,
      "configuration": null,
      "runtime": null,
      "metrics": [
        {
          "key": "loss",
          "count": 1,
          "last": 1,
          "lastStep": 1,
          "min": 1,
          "max": 1
        }
      ],
      "datasets": [],
      "inputModels": [],
      "inputs": [],
      "spent": null
    }
  ]
};
