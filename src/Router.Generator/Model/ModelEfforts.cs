namespace RouterGen.Generator.Model;

/// <summary>
/// The reasoning efforts that a model takes, by the names and values of the runtime's <c>RouterGen.Infrastructure.ModelEfforts</c>.
/// </summary>
[Flags]
internal enum ModelEfforts
{
    NotTaken = 0,
    None = 1 << 0,
    Minimal = 1 << 1,
    Low = 1 << 2,
    Medium = 1 << 3,
    High = 1 << 4,
    ExtraHigh = 1 << 5,
    Max = 1 << 6,
}
