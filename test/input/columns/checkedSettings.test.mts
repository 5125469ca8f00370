import { expect, test } from 'vitest';
import { checkedRules } from '../../../nodes/TokenIm/input/columns/checkedSettings';

const message = (options: Parameters<typeof checkedRules>[0]) => {
	try {
		return checkedRules(options);
	} catch (error) {
		return error;
	}
};

test.each([
	'dd/MM/yyyy',
	'M/d/yyyy',
	'd.M.yy',
	'yyyyMMdd',
	'd LLLL yyyy',
	"d 'de' MMM yyyy",
	'dd/MM/yyyy HH:mm',
	'D',
	'yyyy年M月d日',
	'MM/dd/yyyy, h:mm a',
])('%s is a date format', (dateFormat) => {
	expect(checkedRules({ dateFormat })).toMatchObject({ dateFormat });
});

test.each([
	'DD/MM/YYYY',
	'dd/mm/yyyy',
	'MM-DD-yyyy',
	'dd/MM/YYYY',
	'dd/MM',
	'yyyy-MM',
	'HH:mm',
	'soon',
	'European',
	"'dd/MM/yyyy'",
	'%d/%m/%Y',
])('%s is none, and is told how to be one', (dateFormat) => {
	expect(message({ dateFormat })).toMatchObject({
		name: 'ColumnsUnclear',
		message: `The Date Format "${dateFormat}" does not name a day, a month and a year`,
		description: expect.stringMatching(/dd for the day, MM for the month and yyyy for the year.*Nothing was sent\.$/),
	});
});

test.each(['Asia/Shanghai', 'Europe/Berlin', 'UTC', 'America/New_York', 'Etc/GMT+8'])(
	'%s is a time zone',
	(timeZone) => {
		expect(checkedRules({ timeZone })).toMatchObject({ timeZone });
	},
);

test.each(['Mars/Olympus', 'Shanghai', 'UTC+25', '../etc'])(
	'%s is none, and it is said where it is chosen',
	(timeZone) => {
		expect(message({ timeZone })).toMatchObject({
			message: `The time zone "${timeZone}" is not known`,
			description: expect.stringMatching(/settings of the workflow.*Nothing was sent\.$/),
		});
	},
);

test('what is empty is none', () => {
	expect(checkedRules({ dateFormat: ' ', timeZone: '', defaultCountryCode: ' ' })).toEqual({});
});
