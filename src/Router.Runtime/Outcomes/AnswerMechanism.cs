namespace RouterGen;

/// <summary>How a deployment was asked for an answer of a schema.</summary>
public enum AnswerMechanism
{
    /// <summary>The dialect holds the answer to the schema.</summary>
    JsonSchema,

    /// <summary>The model had to call a tool whose arguments are the answer.</summary>
    Tool,

    /// <summary>The instructions describe the schema, and nothing holds the model to it.</summary>
    Instruction,
}
