// The library of declarations, which cannot refer to this one, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Arguments;
#else
namespace RouterGen;
#endif

/// <summary>The type of a property that a declaration can state.</summary>
internal enum DeclaredType : byte
{
    Text,
    Integer,
    Number,
    Boolean,
    Texts,

    /// <summary>Headers, each read as "Name: value"; in JSON an object.</summary>
    Headers,

    /// <summary>A type, read as its name in C#.</summary>
    Type,

    /// <summary>A wire format, read as its number.</summary>
    Dialect,

    /// <summary>A routing strategy, read as its number.</summary>
    Strategy,

    /// <summary>The period of a budget, read as its number.</summary>
    BudgetPeriod,

    /// <summary>A service tier, read as its number.</summary>
    ServiceTier,

    /// <summary>A kind of call, read as its number.</summary>
    CallKind,

    /// <summary>Features, read as the number of all of them.</summary>
    Features,
}

/// <summary>What a number counts.</summary>
internal enum DeclaredUnit : byte
{
    /// <summary>Things, or nothing.</summary>
    None,

    /// <summary>Seconds; a time in definitions.</summary>
    Seconds,

    /// <summary>Parts of a whole; shown in per cent.</summary>
    Fraction,

    /// <summary>US dollars; exact in definitions.</summary>
    Usd,
}

/// <summary>
/// A property that a declaration can state: a row of one of the tables. All that reads, checks, writes or describes declarations
/// goes by it.
/// </summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Type">Its type.</param>
internal sealed record DeclaredProperty(string Name, DeclaredType Type)
{
    /// <summary>Gets its name in JSON.</summary>
    public string JsonName { get; } = new([char.ToLowerInvariant(Name[0]), .. Name.Skip(1)]);

    /// <summary>Gets whether an object in JSON has it; else the object's place in the file says it.</summary>
    public bool IsInJson { get; init; } = true;

    /// <summary>Gets what a number may be; null where it may be any.</summary>
    public NumberBounds? Bounds { get; init; }

    public DeclaredUnit Unit { get; init; }

    /// <summary>Gets what holds where nothing is stated, as JSON has it; null where that is nothing, or depends on more.</summary>
    public object? Default { get; init; }

    /// <summary>Gets the property of the definition that gets the value; null where it takes more than the value.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// Gets how <c>Describe()</c> says it: of a group, a phrase with a place for the value; of a deployment, the title of a column.
    /// Null where it does not, or takes more than the value.
    /// </summary>
    public string? Shown { get; init; }

    /// <summary>Gets whether it is about how a group chooses, which <c>Describe()</c> says on a line of its own.</summary>
    public bool IsAboutChoice { get; init; }

    /// <summary>Gets whether configuration can override it while the program runs.</summary>
    public bool IsOverridable { get; init; }

    /// <summary>Gets what LiteLLM calls it.</summary>
    public LiteLLMName[] LiteLLM { get; init; } = [];
}

/// <summary>The parts of a LiteLLM configuration in which settings stand.</summary>
internal enum LiteLLMPart : byte
{
    /// <summary><c>router_settings</c>, or <c>litellm_settings</c>.</summary>
    Router,

    /// <summary><c>routing_strategy_args</c>.</summary>
    StrategyArguments,

    /// <summary>An entry of the model list.</summary>
    Entry,

    /// <summary><c>litellm_params</c> of an entry.</summary>
    Params,

    /// <summary><c>model_info</c> of an entry.</summary>
    Info,
}

/// <summary>What LiteLLM calls a property.</summary>
/// <param name="Part">Where it stands.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Scale">What its number is multiplied with.</param>
internal sealed record LiteLLMName(LiteLLMPart Part, string Name, int Scale = 1);
