namespace RouterGen;

/// <summary>
/// Marks a parameter of a tool that the model does not see: its value is the service of its type, from
/// <see cref="Microsoft.Extensions.AI.AIFunctionArguments.Services"/>. A parameter that is nullable or has a default may be without a service.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ToolServiceAttribute : Attribute;
