// All that can be wrong with a field of a row, each in the few words that follow the field's name when rows are counted:
// "12 × Phone is not a phone number". The same kinds stand in docs/messages.md.

/** By the code that a row's verdict carries. */
export const KINDS = {
	required: 'is missing',
	bad_characters: 'holds a character that is not allowed',
	broken_character: 'holds half a character',
	too_long: 'is too long',
	too_short: 'is too short',
	not_allowed: 'is reserved by the service',
	number_shortened: 'was shortened by the spreadsheet',
	number_too_long: 'has lost its last digits',
	number_decimal_tail: 'ends in .0',
	number_not_whole: 'has decimals',
	not_computed: 'could not be worked out by the spreadsheet',
	formula: 'is a formula',
	null_text: "is a database's NULL",
	characters_lost: 'has lost characters',
	control_character: 'holds a control character',
	not_text: 'is not one text or number',
	not_an_email: 'is not an e-mail address',
	not_a_phone: 'is not a phone number',
	not_a_url: 'is not a web address',
	not_a_time: 'is not a date',
	ambiguous_time: 'could be two different days',
	impossible_time: 'is not in the calendar',
	time_not_of_format: 'is not written as Date Format says',
	no_country_code: 'has no country code',
	country_unclear: 'may or may not have its country code',
	not_of_plan: 'has digits that no number there has',
	phone_extension: 'has an extension',
	several_phones: 'is more than one number',
	expression_broke: 'has an expression that cannot be worked out',
	not_a_list: 'is not a list of IDs',
	not_an_object: 'are not names and values',
	bad_attribute: 'is neither text nor a number nor true or false',
	too_many_attributes: 'are too many',
	given_twice: 'has two different values',
	cannot_clear: 'cannot be cleared',
	differs_within_group: 'differs within a group',
} as const;

export type Kind = keyof typeof KINDS;
