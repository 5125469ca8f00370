// The rows of the bench: the same people for every way to send them.

/** One person as a spreadsheet would have them. */
function rowAt(index) {
	const userId = `s${String(index).padStart(6, '0')}`;
	return {
		userId,
		username: `学生${index}`,
		avatarUrl: `https://avatars.school.example/${userId}.png`,
		registeredAt: '2025-09-01T08:00:00+08:00',
		email: `${userId}@school.example`,
		phone: `+86138${String(index).padStart(8, '0')}`,
	};
}

module.exports = { rowAt };
