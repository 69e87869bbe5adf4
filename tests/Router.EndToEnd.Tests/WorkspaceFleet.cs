namespace RouterGen.EndToEnd.Tests;

/// <summary>Models of watsonx's gateway, and one of a workspace of Databricks.</summary>
[ModelGroup("granite", MaxAttempts = 1)]
[Deployment("watsonx/ibm/granite-4-h-small", InputPrice = 0.06, OutputPrice = 0.25)]
public sealed partial class WorkspaceFleet;

[ModelGroup("tiny-granite", MaxAttempts = 1)]
[Deployment("watsonx/ibm/granite-4-h-tiny", InputPrice = 0.03, OutputPrice = 0.13)]
public sealed partial class WorkspaceFleet;

[ModelGroup("llama", MaxAttempts = 1)]
[Deployment("databricks/databricks-meta-llama-3-1-8b-instruct")]
public sealed partial class WorkspaceFleet;
